//! Mending draws: of the articles that one names, those that are there stay.

use super::Mender;
use super::records::{self, ById, Listing, Record as _};
use crate::formats::project::list::{List, Make, each};
use crate::formats::project::records::{DrawRec, DrawnRec};
use crate::formats::project::room::ALLOCATION;
use crate::formats::project::rows::Names;
use crate::formats::project::{escape, record};
use crate::model::draw::Draw;
use crate::model::ids::{ArticleId, CoderId, RecordId};
use std::collections::BTreeSet;
use std::sync::Arc;

impl Mender {
    pub(super) fn take_draws(&mut self, list: List<DrawRec>) -> Vec<Arc<Draw>> {
        self.unplaced.n_left_out += list.n_left_out;
        let mut draws = ById::new();
        for Listing { record: mut draw, bad_time, n_left_out } in each(list.made) {
            self.unplaced.n_left_out += n_left_out;
            self.say_bad_time(Draw::WHAT, &draw.id, bad_time);
            draw.by = draw.by.map(|by| self.coder(by.as_str()));
            let (mut seen, mut gone) = (BTreeSet::new(), vec![]);
            let written = std::mem::take(&mut draw.articles);
            let n_written = written.len();
            for article in written {
                match self.articles.get(&article) {
                    Some(placed) if seen.insert(placed.article.id.clone()) => {
                        draw.articles.push(placed.article.id.clone());
                    }
                    Some(_) => {}
                    None => gone.push(escape::string(article.as_str())),
                }
            }
            let n_twice = n_written - gone.len() - draw.articles.len();
            if n_twice > 0 {
                self.say(format!("draw `{}` names an article twice: once is enough", draw.id));
            }
            if !gone.is_empty() {
                record::add(&mut draw.extra, "articles_as_written", &format!("[{}]", gone.join(", ")));
                let what = match gone.len() {
                    1 => "an article that is".to_owned(),
                    n => format!("{n} articles that are"),
                };
                let id = &draw.id;
                self.say(format!("draw `{id}` names {what} not there: kept beside it as written"));
            }
            draws.take(self, draw);
        }
        draws.by_id.into_values().collect()
    }
}

impl Make for DrawnRec {
    type Made = ArticleId;

    fn make(self, _: &mut Names) -> ArticleId {
        ArticleId::new(self.0)
    }

    fn n_bytes(made: &ArticleId) -> usize {
        // One that is not there stays beside the draw as it is written.
        size_of::<ArticleId>() + 2 * (made.as_str().len() + ALLOCATION)
    }
}

impl Make for DrawRec {
    type Made = Listing<Draw>;

    fn make(self, names: &mut Names) -> Self::Made {
        draw(self, names)
    }

    fn n_bytes(made: &Self::Made) -> usize {
        let strata: usize = made.record.strata.iter().map(|text| text.len() + 2 * ALLOCATION).sum();
        let bad_time = made.bad_time.as_deref().unwrap_or_default();
        strata + records::in_a_map::<Draw>([bad_time, ""], &made.record.extra)
    }
}

/// A draw as it stands in the file.
pub(in crate::formats) fn draw(rec: DrawRec, names: &mut Names) -> Listing<Draw> {
    let mut extra = rec.extra;
    let (at, bad_time) = records::at(rec.at, &mut extra);
    let draw = Draw {
        id: RecordId::new(rec.id),
        by: rec.by.map(|by| CoderId::new(names.id(by))),
        at,
        seed: rec.seed,
        size: rec.size,
        of: rec.of,
        strata: rec.strata.0.into_iter().map(String::into_boxed_str).collect(),
        articles: rec.articles.made,
        extra,
    };
    Listing { record: draw, bad_time, n_left_out: rec.articles.n_left_out }
}
