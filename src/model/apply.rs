//! [`Project::apply`]: the only way a project changes.

use crate::model::action::{Action, Record, SchemeHead};
use crate::model::article::{Article, Sentence};
use crate::model::audit;
use crate::model::coder::Coder;
use crate::model::coding::Coding;
use crate::model::comment::Comment;
use crate::model::conflict::Conflict;
use crate::model::decision::Decision;
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, LabelId, RecordId, Span};
use crate::model::import::Import;
use crate::model::link::Link;
use crate::model::project::{Project, Refusal};
use crate::model::scheme::{Label, Scheme};
use crate::model::sheet::{Sheet, SheetKey};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Project {
    /// Changes one thing and returns the action that changes it back.
    ///
    /// Refuses whatever the audit would object to; on refusal nothing has changed.
    pub fn apply(&mut self, action: Action) -> Result<Action, Refusal> {
        match action {
            Action::Project { title, never_end_after } => self.apply_project(title, never_end_after),
            Action::Scheme { to } => self.apply_scheme(to),
            Action::Label { id, to } => self.apply_label(id, to),
            Action::Coder { id, to } => self.apply_coder(id, to),
            Action::Article { id, to } => self.apply_article(id, to),
            Action::Sentences { article, to } => self.apply_sentences(article, to),
            Action::Sheet { key, to } => self.apply_sheet(key, to),
            Action::Coding { key, span, to } => self.apply_coding(key, span, to),
            Action::Record(record) => self.apply_record(record).map(Action::Record),
            Action::Many(actions) => self.apply_many(actions),
        }
    }

    fn apply_many(&mut self, actions: Vec<Action>) -> Result<Action, Refusal> {
        let before = self.clone();
        let mut inverses = Vec::with_capacity(actions.len());
        for action in actions {
            match self.apply(action) {
                Ok(inverse) => inverses.push(inverse),
                Err(refusal) => {
                    *self = before;
                    return Err(refusal);
                }
            }
        }
        inverses.reverse();
        Ok(Action::Many(inverses))
    }

    fn apply_project(&mut self, title: String, never_end_after: Vec<String>) -> Result<Action, Refusal> {
        audit::name("project", &title)?;
        audit::never_end_after(&never_end_after)?;
        let was = std::mem::replace(&mut self.title, title.into());
        let abbreviations = std::mem::replace(&mut self.never_end_after, never_end_after.into());
        Ok(Action::Project { title: was.as_ref().to_owned(), never_end_after: abbreviations.to_vec() })
    }

    fn apply_scheme(&mut self, to: SchemeHead) -> Result<Action, Refusal> {
        let head = |scheme: &Scheme| SchemeHead {
            version: scheme.version,
            choose: scheme.choose.clone(),
            skip: scheme.skip.clone(),
            extra: scheme.extra.clone(),
        };
        let was = head(&self.scheme);
        let scheme = Scheme {
            version: to.version,
            choose: to.choose,
            skip: to.skip,
            extra: to.extra,
            labels: self.scheme.labels.clone(),
        };
        if !scheme.takes_several() && self.scheme.takes_several() {
            let several = |sheet: &&Arc<Sheet>| sheet.rows.iter().any(|row| row.coding.labels.len() > 1);
            if let Some(sheet) = self.sheets.iter().find(several) {
                return Err(audit::Problem::SeveralLabels(sheet.key.article.clone()).into());
            }
            if let Some(decision) = self.decisions.values().find(|decision| decision.labels.len() > 1) {
                return Err(audit::Problem::SeveralLabels(decision.article.clone()).into());
            }
        }
        self.scheme = Arc::new(scheme);
        Ok(Action::Scheme { to: was })
    }

    fn apply_label(&mut self, id: LabelId, to: Option<(usize, Arc<Label>)>) -> Result<Action, Refusal> {
        let was = self
            .scheme
            .idx_of(&id)
            .and_then(|idx| self.scheme.labels.get(idx).map(|label| (idx, Arc::clone(label))));
        let mut scheme = Scheme::clone(&self.scheme);
        scheme.labels.retain(|label| label.id != id);
        if let Some((idx, label)) = to {
            if label.id != id {
                return Err(Refusal::WrongId(label.id.to_string(), id.to_string()));
            }
            scheme.labels.insert(idx.min(scheme.labels.len()), label);
        } else if was.is_none() {
            return Err(Refusal::NoLabel(id));
        } else if audit::names_label(self, &id) {
            return Err(Refusal::LabelInUse(id));
        }
        audit::scheme(&scheme)?;
        self.scheme = Arc::new(scheme);
        Ok(Action::Label { id, to: was })
    }

    fn apply_coder(&mut self, id: CoderId, to: Option<Coder>) -> Result<Action, Refusal> {
        if let Some(coder) = &to {
            if coder.id != id {
                return Err(Refusal::WrongId(coder.id.to_string(), id.to_string()));
            }
            audit::coder(coder)?;
            audit::room_for_coder(self.coders.len() + usize::from(!self.coders.contains_key(&id)))?;
        } else if audit::names_coder(self, &id) {
            return Err(Refusal::CoderInUse(id));
        }
        let coders = Arc::make_mut(&mut self.coders);
        let was = match to {
            Some(coder) => coders.insert(id.clone(), coder),
            None => Some(coders.remove(&id).ok_or_else(|| Refusal::NoCoder(id.clone()))?),
        };
        Ok(Action::Coder { id, to: was })
    }

    fn apply_article(&mut self, id: ArticleId, to: Option<Arc<Article>>) -> Result<Action, Refusal> {
        let was = self.articles.get(&id).cloned();
        match (to, &was) {
            (Some(article), was) => {
                if article.id != id {
                    return Err(Refusal::WrongId(article.id.to_string(), id.to_string()));
                }
                audit::article(&article)?;
                let same = |was: &Arc<Article>| {
                    was.text() == article.text() && was.sentences() == article.sentences()
                };
                if !was.as_ref().is_none_or(same) {
                    return Err(Refusal::TextChanged(id));
                }
                self.articles.insert(article);
            }
            (None, None) => return Err(Refusal::NoArticle(id)),
            (None, Some(_)) => {
                if audit::names_article(self, &id) {
                    return Err(Refusal::ArticleInUse(id));
                }
                self.articles.remove(&id);
            }
        }
        Ok(Action::Article { id, to: was })
    }

    fn apply_sentences(&mut self, article: ArticleId, to: Vec<Sentence>) -> Result<Action, Refusal> {
        let was = self.articles.get(&article).ok_or_else(|| Refusal::NoArticle(article.clone()))?;
        let now = was.with_sentences(to);
        audit::article(&now)?;
        let lost = audit::spans_named(self, &article).find(|span| now.idx_of(*span).is_none());
        if let Some(span) = lost {
            return Err(Refusal::NoSentence(span, article));
        }
        let was = was.sentences().to_vec();
        self.articles.insert(Arc::new(now));
        Ok(Action::Sentences { article, to: was })
    }

    fn apply_sheet(&mut self, key: SheetKey, to: Option<Arc<Sheet>>) -> Result<Action, Refusal> {
        // Not even taken away: it could not be put back.
        if self.articles.get(&key.article).is_some_and(|article| !article.intact) {
            return Err(Refusal::Locked(key.article));
        }
        let was = match to {
            Some(sheet) => {
                if sheet.key != key {
                    return Err(Refusal::WrongId(sheet.key.to_string(), key.to_string()));
                }
                audit::sheet(self, &sheet)?;
                self.sheets.insert(sheet)
            }
            None => Some(
                self.sheets
                    .remove(&key)
                    .ok_or_else(|| Refusal::NoSheet(key.coder.clone(), key.article.clone()))?,
            ),
        };
        Ok(Action::Sheet { key, to: was })
    }

    fn apply_coding(&mut self, key: SheetKey, span: Span, to: Option<Coding>) -> Result<Action, Refusal> {
        let article =
            self.articles.get(&key.article).ok_or_else(|| Refusal::NoArticle(key.article.clone()))?;
        if !article.intact {
            return Err(Refusal::Locked(key.article));
        }
        if article.idx_of(span).is_none() {
            return Err(Refusal::NoSentence(span, key.article));
        }
        if let Some(coding) = &to {
            audit::coding(&self.scheme, &key.article, span, coding)?;
        }
        let Some(sheet) = self.sheets.get_mut(&key) else {
            return Err(Refusal::NoSheet(key.coder, key.article));
        };
        let was = sheet.put(span, to);
        Ok(Action::Coding { key, span, to: was })
    }

    fn apply_record(&mut self, record: Record) -> Result<Record, Refusal> {
        match record {
            Record::Comment { id, to } => self.apply_comment(id, to),
            Record::Link { id, to } => self.apply_link(id, to),
            Record::Decision { id, to } => self.apply_decision(id, to),
            Record::Draw { id, to } => self.apply_draw(id, to),
            Record::Import { id, to } => self.apply_import(id, to),
            Record::Conflict { place, to } => self.apply_conflict(place, to),
            Record::Head { extra } => Ok(Record::Head { extra: std::mem::replace(&mut self.extra, extra) }),
        }
    }

    fn apply_comment(&mut self, id: RecordId, to: Option<Comment>) -> Result<Record, Refusal> {
        if let Some(comment) = &to {
            same_id(&comment.id, &id)?;
            audit::comment(self, comment)?;
        } else if self.comments.values().any(|comment| comment.re.as_ref() == Some(&id)) {
            return Err(audit::Problem::NoComment(id.to_string()).into());
        }
        let was = put(&mut self.comments, &id, to)?;
        Ok(Record::Comment { id, to: was })
    }

    fn apply_link(&mut self, id: RecordId, to: Option<Link>) -> Result<Record, Refusal> {
        if let Some(link) = &to {
            same_id(&link.id, &id)?;
            audit::link(self, link)?;
        }
        let was = put(&mut self.links, &id, to)?;
        Ok(Record::Link { id, to: was })
    }

    fn apply_decision(&mut self, id: RecordId, to: Option<Decision>) -> Result<Record, Refusal> {
        if let Some(decision) = &to {
            same_id(&decision.id, &id)?;
            audit::decision(self, decision)?;
        }
        let was = put(&mut self.decisions, &id, to)?;
        Ok(Record::Decision { id, to: was })
    }

    fn apply_draw(&mut self, id: RecordId, to: Option<Draw>) -> Result<Record, Refusal> {
        if let Some(draw) = &to {
            same_id(&draw.id, &id)?;
            audit::draw(self, draw)?;
        }
        let was = put(&mut self.draws, &id, to)?;
        Ok(Record::Draw { id, to: was })
    }

    fn apply_import(&mut self, id: RecordId, to: Option<Import>) -> Result<Record, Refusal> {
        if let Some(import) = &to {
            same_id(&import.id, &id)?;
            audit::import(self, import)?;
        }
        let was = put(&mut self.imports, &id, to)?;
        Ok(Record::Import { id, to: was })
    }

    fn apply_conflict(&mut self, place: usize, to: Option<Box<Conflict>>) -> Result<Record, Refusal> {
        if let Some(conflict) = &to {
            audit::conflict(self, conflict)?;
        }
        let conflicts = Arc::make_mut(&mut self.conflicts);
        let n = conflicts.len();
        match to {
            Some(conflict) if place <= n => {
                conflicts.insert(place, *conflict);
                Ok(Record::Conflict { place, to: None })
            }
            None if place < n => {
                let was = Box::new(conflicts.remove(place));
                Ok(Record::Conflict { place, to: Some(was) })
            }
            _ => Err(Refusal::NoPlace(place, n)),
        }
    }
}

fn same_id(record: &RecordId, action: &RecordId) -> Result<(), Refusal> {
    if record == action { Ok(()) } else { Err(Refusal::WrongId(record.to_string(), action.to_string())) }
}

/// Sets or takes away a record; refuses to take away what is not there.
fn put<T: Clone>(
    records: &mut Arc<BTreeMap<RecordId, Arc<T>>>,
    id: &RecordId,
    to: Option<T>,
) -> Result<Option<T>, Refusal> {
    let records = Arc::make_mut(records);
    let was = match to {
        Some(record) => records.insert(id.clone(), Arc::new(record)),
        None => match records.remove(id) {
            Some(record) => Some(record),
            None => return Err(audit::Problem::NoRecord(id.to_string()).into()),
        },
    };
    Ok(was.map(Arc::unwrap_or_clone))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::Stamp;
    use crate::model::import::ImportFile;
    use crate::model::project::Parts;
    use crate::model::{plan, sketch};

    fn drawn() -> Project {
        let drawing = "One. [denial; ben: fact] Two. [] Three. [none]";
        sketch::project(drawing, |_| "a".to_owned(), |_| String::new()).unwrap()
    }

    fn key(coder: &str) -> SheetKey {
        SheetKey { coder: CoderId::new(coder), article: ArticleId::new("a") }
    }

    /// The words of the refusal, or what is shown when it was taken; refused, nothing may have changed.
    fn check(project: &Project, action: Action, want: &str) {
        let mut after = project.clone();
        let said = match after.apply(action) {
            Ok(inverse) => {
                after.apply(inverse).unwrap();
                "taken".to_owned()
            }
            Err(refusal) => refusal.to_string(),
        };
        assert_eq!(said, want);
        assert_eq!(after, *project);
    }

    fn label(id: &str, letter: &str, key: &str) -> Action {
        let label = Label {
            id: LabelId::new(id),
            letter: letter.to_owned(),
            keys: vec![key.to_owned()],
            ..Label::clone(&Scheme::allegata().labels[0])
        };
        Action::Label { id: LabelId::new(id), to: Some((1, Arc::new(label))) }
    }

    #[test]
    fn labels_have_their_own_signs_and_stay_while_in_use() {
        let project = drawn();
        check(&project, label("rumour", "R", "9"), "taken");
        check(&project, label("rumour", "", "9"), "taken");
        check(
            &project,
            label("rumour", "R", "1"),
            "labels `allegation` and `rumour` share the letter or key `1`",
        );
        check(
            &project,
            label("rumour", "D", "9"),
            "labels `rumour` and `denial` share the letter or key `D`",
        );
        check(&project, label("none", "N", "9"), "label `none` takes a reserved name");
        check(&project, Action::Label { id: LabelId::new("allegation"), to: None }, "taken");
        check(&project, Action::Label { id: LabelId::new("fact"), to: None }, "label `fact` is still in use");
        check(
            &project,
            Action::Label { id: LabelId::new("rumour"), to: None },
            "no label `rumour` in this scheme",
        );
    }

    #[test]
    fn sheets_of_a_locked_article_do_not_move() {
        let mut project = drawn();
        let mut article = Article::clone(project.articles().next().unwrap());
        article.intact = false;
        let span = article.sentences()[0].span;
        project.apply(Action::Article { id: article.id.clone(), to: Some(Arc::new(article)) }).unwrap();
        let locked = "the text of article `a` does not match its hash, so it cannot be labelled";
        check(&project, Action::Coding { key: key("anna"), span, to: None }, locked);
        check(&project, Action::Sheet { key: key("anna"), to: None }, locked);
        let sheet = Sheet::new(key("anna"), 1);
        check(&project, Action::Sheet { key: key("anna"), to: Some(Arc::new(sheet)) }, locked);
        check(&project, plan::remove_article(&project, &ArticleId::new("a")).unwrap(), "taken");
    }

    #[test]
    fn one_label_is_one_for_codings_and_decisions() {
        let mut project = drawn();
        let head = |choose: &str| Action::Scheme {
            to: SchemeHead { version: 2, choose: choose.to_owned(), skip: vec![], extra: None },
        };
        let span = project.articles().next().unwrap().sentences()[1].span;
        let two: Box<[LabelId]> = ["denial", "fact"].map(LabelId::new).into();
        let coding = Coding { answered: true, labels: two.clone(), ..Coding::default() };
        let coding = Action::Coding { key: key("anna"), span, to: Some(coding) };
        let decision = Decision {
            id: RecordId::new("d"),
            article: ArticleId::new("a"),
            sentence: span,
            labels: two,
            reason: String::new(),
            code: String::new(),
            answers: Box::default(),
            by: CoderId::new("ben"),
            at: Some(Stamp(1)),
            extra: None,
        };
        let decision = Action::Record(Record::Decision { id: RecordId::new("d"), to: Some(decision) });
        let several = "a sentence of article `a` has several labels in a scheme that takes one";
        check(&project, coding.clone(), several);
        check(&project, decision.clone(), several);
        project.apply(head("several")).unwrap();
        for two in [coding, decision] {
            let mut project = project.clone();
            check(&project, head("one"), "taken");
            project.apply(two).unwrap();
            check(&project, head("one"), several);
        }
    }

    #[test]
    fn an_import_has_an_id_a_known_maker_and_no_endless_path() {
        let mut project = drawn();
        let import = |id: &str, by: Option<&str>, name: String| {
            let by = by.map(CoderId::new);
            let files = vec![ImportFile { name, found: 3, taken: 2, ..ImportFile::default() }];
            let to = Import { by, files, ..Import::new(RecordId::new(id), "0.2.0") };
            Action::Record(Record::Import { id: RecordId::new("i1"), to: Some(to) })
        };
        let short = || "a.docx".to_owned();
        check(&project, import("i1", None, "é".repeat(2048)), "taken");
        check(
            &project,
            import("i1", None, "é".repeat(2049)),
            "import `i1` names a file with more than 4096 bytes",
        );
        check(&project, import("i2", None, short()), "the record says `i2`, the action `i1`");
        let nobody = "a sheet names coder `cleo`, who is not in the project";
        check(&project, import("i1", Some("cleo"), short()), nobody);
        check(
            &project,
            Action::Record(Record::Import { id: RecordId::new("i1"), to: None }),
            "no record `i1`",
        );
        project.apply(import("i1", Some("ben"), short())).unwrap();
        let used = "coder `ben` still has sheets, comments, links, decisions, draws, imports or conflicts";
        check(&project, Action::Coder { id: CoderId::new("ben"), to: None }, used);
        // It stays when the person who took it in goes.
        project.apply(plan::remove_coder(&project, &CoderId::new("ben")).unwrap()).unwrap();
        assert_eq!(project.import(&RecordId::new("i1")).map(|import| import.by.clone()), Some(None));
        let mut parts = Parts::of(&project);
        parts.imports.extend(parts.imports.clone());
        assert_eq!(Project::assemble(parts), Err(audit::Problem::Twice("i1".to_owned())));
    }

    #[test]
    fn a_draw_names_articles_that_are_there_once_each() {
        let mut project = drawn();
        let draw = |by: Option<&str>, articles: &[&str]| {
            Action::Record(Record::Draw {
                id: RecordId::new("r1"),
                to: Some(Draw {
                    id: RecordId::new("r1"),
                    by: by.map(CoderId::new),
                    at: None,
                    seed: 7,
                    size: 1,
                    of: 1,
                    strata: Box::default(),
                    articles: articles.iter().map(|id| ArticleId::new(*id)).collect(),
                    extra: None,
                }),
            })
        };
        check(&project, draw(None, &["a"]), "taken");
        check(&project, draw(None, &[]), "taken");
        check(&project, draw(Some("cleo"), &["a"]), "a sheet names coder `cleo`, who is not in the project");
        check(&project, draw(None, &["b"]), "a record names article `b`, which is not in the project");
        check(&project, draw(None, &["a", "a"]), "`a` stands twice");
        check(&project, Action::Record(Record::Draw { id: RecordId::new("r1"), to: None }), "no record `r1`");
        project.apply(draw(Some("ben"), &["a"])).unwrap();
        // With an article it loses that one, and stays when the person who drew goes.
        let action = plan::remove_article(&project, &ArticleId::new("a")).unwrap();
        let mut after = project.clone();
        let back = after.apply(action).unwrap();
        let n_left = |project: &Project| project.draws().map(|draw| draw.articles.len()).collect::<Vec<_>>();
        assert_eq!((n_left(&project), n_left(&after)), (vec![1], vec![0]));
        after.apply(back).unwrap();
        assert_eq!(after, project);
        project.apply(plan::remove_coder(&project, &CoderId::new("ben")).unwrap()).unwrap();
        assert_eq!(project.draws().map(|draw| draw.by.clone()).collect::<Vec<_>>(), [None]);
    }

    #[test]
    fn comments_never_answer_themselves() {
        let mut project = drawn();
        let comment = |id: &str, re: Option<&str>| {
            Action::Record(Record::Comment {
                id: RecordId::new(id),
                to: Some(Comment {
                    id: RecordId::new(id),
                    article: ArticleId::new("a"),
                    sentence: None,
                    by: CoderId::new("anna"),
                    at: None,
                    text: String::new(),
                    re: re.map(RecordId::new),
                    resolved: false,
                    extra: None,
                }),
            })
        };
        check(&project, comment("1", Some("0")), "a comment answers `0`, which is not there");
        check(&project, comment("1", Some("1")), "comment `1` answers itself, if only by way of others");
        for (id, re) in [("1", None), ("2", Some("1")), ("3", Some("2"))] {
            project.apply(comment(id, re)).unwrap();
        }
        check(&project, comment("1", Some("3")), "comment `1` answers itself, if only by way of others");
        check(&project, comment("3", Some("1")), "taken");
        let gone = Action::Record(Record::Comment { id: RecordId::new("2"), to: None });
        check(&project, gone, "a comment answers `2`, which is not there");
    }

    #[test]
    fn all_or_nothing() {
        let project = drawn();
        let title = |title: &str| Action::Project { title: title.to_owned(), never_end_after: vec![] };
        let nobody = Action::Coder { id: CoderId::new("nobody"), to: None };
        check(&project, Action::Many(vec![]), "taken");
        check(&project, Action::Many(vec![title("a"), title("b")]), "taken");
        check(&project, Action::Many(vec![title("a"), nobody.clone()]), "no coder `nobody` in this project");
        let nested = Action::Many(vec![title("a"), Action::Many(vec![title("b"), nobody])]);
        check(&project, nested, "no coder `nobody` in this project");
    }

    #[test]
    fn abbreviations_are_few_and_short_and_stand_once() {
        let project = drawn();
        let list = |abbreviations: &[&str]| Action::Project {
            title: String::new(),
            never_end_after: abbreviations.iter().map(|text| (*text).to_owned()).collect(),
        };
        check(&project, list(&["Abg", "z. B.", "Az."]), "taken");
        check(&project, list(&["Abg", "Az", "Abg"]), "`Abg` stands twice");
        let bad = "`Abg ` is no abbreviation: 1 to 64 bytes on one line, without control characters";
        check(&project, list(&["Abg "]), bad);
        let many: Vec<String> = (0..1001).map(|n| n.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        check(&project, list(&many), "more than 1000 abbreviations");
        check(&project, list(&many[1..]), "taken");
    }

    #[test]
    fn who_is_named_stays() {
        let project = drawn();
        let in_use = "coder `ben` still has sheets, comments, links, decisions, draws, imports or conflicts";
        check(&project, Action::Coder { id: CoderId::new("ben"), to: None }, in_use);
        let in_use = "article `a` still has sheets, comments, links, decisions, draws or conflicts";
        check(&project, Action::Article { id: ArticleId::new("a"), to: None }, in_use);
        let foreign = Action::Sheet { key: key("anna"), to: Some(Arc::new(Sheet::new(key("ben"), 1))) };
        check(&project, foreign, "the record says `ben a`, the action `anna a`");
    }

    #[test]
    fn nothing_stands_twice_in_what_is_put_together() {
        let project = drawn();
        let parts = |twice: &dyn Fn(&mut Parts)| {
            let mut parts = Parts::new(project.id().clone(), "");
            parts.coders = project.coders().cloned().collect();
            parts.articles = project.articles().cloned().collect();
            parts.sheets = project.sheets().cloned().collect();
            twice(&mut parts);
            Project::assemble(parts).err()
        };
        let twice = |id: &str| Some(audit::Problem::Twice(id.to_owned()));
        assert_eq!(parts(&|_| {}), None);
        assert_eq!(parts(&|parts| parts.articles.push(Arc::clone(&parts.articles[0]))), twice("a"));
        assert_eq!(parts(&|parts| parts.sheets.push(Arc::clone(&parts.sheets[0]))), twice("anna a"));
        assert_eq!(parts(&|parts| parts.coders.push(parts.coders[0].clone())), twice("anna"));
    }
}
