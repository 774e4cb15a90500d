//! Which column of a table holds what, by its name in any case, in English, German, French and Spanish, or as somebody said.

use crate::formats::articles::found::Column;
use crate::formats::reading::{ReadError, Warning};
use crate::text::fold::fold;

/// The columns of a table that hold something of an article.
#[derive(Debug, Default, Clone)]
pub(super) struct Columns {
    /// What each holds, its place and its name; of those that hold the same the first wins.
    taken: Vec<(Column, usize, String)>,
    /// The first paragraph of a text, where it has a column of its own.
    pub lead: Option<usize>,
}

/// Names of columns, folded, with `_` for what is between words. Those of one letter or two are the fields of Factiva and of RIS.
const NAMES: [(Column, &str); 9] = [
    (
        Column::Text,
        "text body content fulltext full_text article_text maintext main_text body_text bodytext text_content plain_text \
         article_body articlebody volltext inhalt artikeltext haupttext texte contenu corps texte_integral texte_complet \
         texto contenido cuerpo texto_completo td",
    ),
    (
        Column::Title,
        "title headline hd article_title titel uberschrift ueberschrift schlagzeile titre titulo titular encabezado",
    ),
    (
        Column::Outlet,
        "source outlet publication media_name sourcename source_name sn newspaper publisher publication_title \
         publication_name journal media sitename site_name hostname quelle medium zeitung publikation fuente medio periodico diario",
    ),
    (
        Column::Date,
        "date published publish_date pubdate published_at publication_date published_date date_published datepublished pub_date \
         pd datum erscheinungsdatum veroffentlicht veroeffentlicht veroffentlichungsdatum publikationsdatum date_de_publication \
         date_publication publie publie_le fecha fecha_de_publicacion fecha_publicacion publicado",
    ),
    (
        Column::Byline,
        "author authors byline by autor autorin autoren verfasser auteur auteurs signature autora autores",
    ),
    (Column::Section, "section rubrik ressort rubrique seccion rubrica"),
    (Column::Url, "url link article_url permalink adresse lien enlace direccion"),
    (Column::Lang, "language lang la sprache langue idioma lengua"),
    (Column::DocId, "id uuid an article_id doc_id document_id stories_id story_id"),
];

impl Columns {
    /// The columns of a table by the names of all; an error says which there are, where none holds the text.
    pub fn of(names: &[String], asked: &[(Column, String)]) -> Result<Self, ReadError> {
        let names = names.get(..names.len().min(MAX_COLUMNS)).unwrap_or_default();
        let folded: Vec<String> = names.iter().map(|name| folded(name)).collect();
        let has = |name: &str| folded.iter().any(|other| other == name);
        if has("sentence_id") && has("article_id") {
            return Err(ReadError::Dataset);
        }
        let mut taken = Vec::new();
        for (column, name) in asked {
            let exact = names.iter().position(|other| other.trim() == name.trim());
            let alike = || folded.iter().position(|other| *other == self::folded(name));
            let Some(place) = exact.or_else(alike) else {
                return Err(ReadError::NoSuchColumn { name: name.trim().to_owned(), there: listed(names) });
            };
            taken.push((*column, place, names.get(place).cloned().unwrap_or_default()));
        }
        let is_asked = |column: Column| asked.iter().any(|(other, _)| *other == column);
        for (column, known) in NAMES.iter().filter(|(column, _)| !is_asked(*column)) {
            let fits =
                folded.iter().enumerate().filter(|(_, name)| known.split(' ').any(|known| known == **name));
            // What somebody said of a column holds.
            let free = fits.filter(|(place, _)| !taken.iter().any(|(_, other, _)| other == place));
            let free: Vec<usize> = free.map(|(place, _)| place).collect();
            taken.extend(
                free.into_iter().filter_map(|place| Some((*column, place, names.get(place)?.clone()))),
            );
        }
        let columns = Self { lead: folded.iter().position(|name| name == "lp"), taken };
        let is_text = |column: &(Column, usize, String)| column.0 == Column::Text;
        if !columns.taken.iter().any(is_text) {
            return Err(ReadError::NoTextColumn { there: listed(names) });
        }
        Ok(columns)
    }

    /// The places of what holds it, the first first.
    pub fn places(&self, column: Column) -> impl Iterator<Item = usize> {
        self.taken.iter().filter(move |(other, ..)| *other == column).map(|(_, place, _)| *place)
    }

    /// What was taken for what.
    pub fn named(&self) -> Vec<(Column, String)> {
        let firsts =
            Column::ALL.iter().filter_map(|column| self.taken.iter().find(|(other, ..)| other == column));
        firsts.map(|(column, _, name)| (*column, name.trim_matches(['\u{feff}', ' ']).to_owned())).collect()
    }

    /// What is doubtful: two columns that might hold the text, the title or the date.
    pub fn doubtful(&self) -> Vec<Warning> {
        let looked_at = [Column::Text, Column::Title, Column::Date];
        let several = looked_at.iter().filter_map(|column| {
            let names: Vec<_> =
                self.taken.iter().filter(|(other, ..)| other == column).map(|(.., name)| name).collect();
            let (first, others) = names.split_first().filter(|(_, others)| !others.is_empty())?;
            let others: Vec<_> = others.iter().map(|name| shown(name)).collect();
            let (what, left) = (column.name(), others.join(", "));
            Some(Warning(format!("the column {} was taken for the {what}, and not {left}", shown(first))))
        });
        several.collect()
    }
}

/// A name as it is looked for.
fn folded(name: &str) -> String {
    let name = fold(name.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}'));
    let words: Vec<&str> = name.split([' ', '-', '.', '_', ':']).filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// As many columns are looked at; a table with more is none of articles.
const MAX_COLUMNS: usize = 1024;
const MOST_NAMES: usize = 20;

/// The names of a table for a message.
fn listed(names: &[String]) -> String {
    let there: Vec<_> = names.iter().filter(|name| !name.trim().is_empty()).collect();
    let mut list: Vec<_> = there.iter().take(MOST_NAMES).map(|name| shown(name)).collect();
    if there.len() > MOST_NAMES {
        list.push(format!("{} more", there.len() - MOST_NAMES));
    }
    if list.is_empty() { "no names".to_owned() } else { list.join(", ") }
}

fn shown(name: &str) -> String {
    let name = name.trim().chars().filter(|c| !c.is_control()).map(|c| if c == '`' { '\'' } else { c });
    format!("`{}`", name.take(60).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    fn check(all: &str, want: &str) {
        let columns = Columns::of(&names(all), &[]).unwrap();
        let got: Vec<_> =
            columns.named().iter().map(|(column, name)| format!("{}={name}", column.name())).collect();
        assert_eq!(got.join(","), want, "{all}");
    }

    #[test]
    fn columns_are_found_by_their_names() {
        check(
            "id,Headline,BODY,Media Name,publish_date,By,URL,Lang",
            "text=BODY,title=Headline,outlet=Media Name,date=publish_date,byline=By,url=URL,language=Lang,id=id",
        );
        check(
            "\u{feff}Titel,Volltext,Zeitung,Datum,Autor,Ressort,Sprache",
            "text=Volltext,title=Titel,outlet=Zeitung,date=Datum,byline=Autor,section=Ressort,language=Sprache",
        );
        check(
            "Titre,Texte int\u{e9}gral,Source,Publi\u{e9} le",
            "text=Texte int\u{e9}gral,title=Titre,outlet=Source,date=Publi\u{e9} le",
        );
        check("T\u{ed}tulo,Texto,Fuente,Fecha", "text=Texto,title=T\u{ed}tulo,outlet=Fuente,date=Fecha");
        check("HD,SN,PD,LP,TD,AN", "text=TD,title=HD,outlet=SN,date=PD,id=AN");
        check("content,text", "text=content");
    }

    #[test]
    fn what_is_said_goes_first() {
        let asked = [(Column::Text, "Summary ".to_owned()), (Column::Title, "name".to_owned())];
        let columns = Columns::of(&names("text,summary,NAME,title"), &asked).unwrap();
        assert_eq!(
            columns.named(),
            [(Column::Text, "summary".to_owned()), (Column::Title, "NAME".to_owned())]
        );
        assert_eq!(columns.doubtful(), []);
        let none = Columns::of(&names("a,b"), &[(Column::Text, "c".to_owned())]).unwrap_err().to_string();
        assert!(none.contains("no column `c`") && none.contains("`a`, `b`"), "{none}");
    }

    #[test]
    fn what_is_no_table_of_articles_is_said() {
        let said = |all: &str| Columns::of(&names(all), &[]).unwrap_err().to_string();
        let cloud = said("id,indexed_date,language,media_name,media_url,publish_date,title,url");
        assert!(cloud.contains("`indexed_date`") && cloud.contains("--map text="), "{cloud}");
        assert!(said("article_id,sentence_id,text,labels").contains("allegata import"));
        let doubt = Columns::of(&names("text,content,title"), &[]).unwrap().doubtful();
        assert_eq!(
            doubt,
            [Warning("the column `text` was taken for the text, and not `content`".to_owned())]
        );
    }
}
