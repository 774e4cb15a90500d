//! What a page says of its article: JSON-LD, `OpenGraph`, the other elements of its head, `<time>`, and the language of the page.
//!
//! The first that says something is believed, in the order of [`Said`]'s fields.

use crate::formats::articles::arrivals::is_lang_tag;
use crate::formats::articles::dated;
use crate::formats::articles::found::Doubt;
use crate::formats::articles::html::lines::{Step, text_of, walk};
use crate::formats::articles::kinds::name_in_byline;
use crate::model::article::Meta;
use crate::text::fold::squeeze;
use dom_query::{Document, NodeData, NodeRef};
use quick_xml::escape::{resolve_html5_entity, unescape_with};
use serde_json::Value;

/// What is known of a page's article, and what is odd about it.
pub(super) struct PageMeta {
    pub meta: Meta,
    pub doubts: Vec<Doubt>,
}

/// Reads the page; `address` is where it lay, if whoever saved it wrote that down.
pub(super) fn of(page: &Document, address: Option<&str>) -> PageMeta {
    let mut said = Said::default();
    walk(page.root(), |step| {
        if let Step::Enter(node) = step {
            said.node(node);
        }
        true
    });
    let ld = said.ld.unwrap_or_default();
    let named = |names: &[&str]| {
        names.iter().find_map(|name| {
            said.named.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
        })
    };
    let url = [said.canonical, named(&["og:url"]), address.map(str::to_owned), said.saved_from];
    let url = url.into_iter().flatten().find(|url| is_address(url));
    let outlet = ld
        .outlet
        .or_else(|| named(&["og:site_name"]))
        .or_else(|| url.as_deref().and_then(host).map(str::to_owned));
    let heading = said.article_heading.or_else(|| said.headings.first().cloned());
    let title = ld.title.or_else(|| named(&["og:title", "twitter:title"])).or(heading).or(said.title);
    let byline = ld.byline.or_else(|| {
        named(&["author", "parsely-author", "article:author", "dc.creator", "sailthru.author"])
            .filter(|byline| !is_address(byline))
    });
    let lang = ld.lang.into_iter().chain(said.lang).map(|lang| lang.replace('_', "-"));
    let mut meta = Meta {
        title: title.map(|title| without_outlet(&title, outlet.as_deref())),
        byline: byline.map(|byline| name_in_byline(&byline).to_owned()),
        section: ld.section.or_else(|| named(&["article:section"])),
        lang: lang.into_iter().find(|lang| is_lang_tag(lang)),
        words: ld.words,
        outlet,
        url,
        ..Meta::default()
    };
    let date = ld.date.or_else(|| {
        named(&[
            "article:published_time",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.date",
            "parsely-pub-date",
            "sailthru.date",
            "datepublished",
            "pubdate",
        ])
    });
    let doubt = date.or(said.time).and_then(|date| dated::put(&mut meta, &date));
    PageMeta { meta, doubts: doubt.into_iter().collect() }
}

/// What stands in a page, as it is met.
#[derive(Default)]
struct Said {
    ld: Option<Ld>,
    /// The names of `<meta>` in lower case, and what they say.
    named: Vec<(String, String)>,
    title: Option<String>,
    /// The first `<h1>` in an `<article>`, and the first two anywhere.
    article_heading: Option<String>,
    headings: Vec<String>,
    /// The first `<time datetime>`.
    time: Option<String>,
    canonical: Option<String>,
    saved_from: Option<String>,
    lang: Option<String>,
}

impl Said {
    fn node(&mut self, node: &NodeRef<'_>) {
        if let Some(comment) = comment_of(node) {
            self.saved_from = self.saved_from.take().or_else(|| saved_from(&comment));
            return;
        }
        let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) else { return };
        let attr = |name: &str| known(node.attr(name).as_deref().unwrap_or_default());
        match &*name {
            "html" => self.lang = self.lang.take().or_else(|| attr("lang").or_else(|| attr("xml:lang"))),
            "meta" => {
                let names = ["property", "name", "itemprop"].into_iter().find_map(attr);
                if let (Some(name), Some(value)) = (names, attr("content")) {
                    self.named.push((name.to_lowercase(), value));
                }
            }
            "title" => self.title = self.title.take().or_else(|| known(&text_of(node))),
            "h1" if self.headings.len() < 2 => {
                let Some(heading) = known(&text_of(node)) else { return };
                if self.article_heading.is_none()
                    && node.ancestors_it(None).any(|outer| outer.has_name("article"))
                {
                    self.article_heading = Some(heading.clone());
                }
                self.headings.push(heading);
            }
            "time" => self.time = self.time.take().or_else(|| attr("datetime")),
            "link" if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| attr("href"));
            }
            "script"
                if self.ld.is_none() && attr("type").is_some_and(|kind| kind == "application/ld+json") =>
            {
                self.ld = ld(&node.text());
            }
            _ => {}
        }
    }
}

fn comment_of(node: &NodeRef<'_>) -> Option<String> {
    node.query_or(None, |node| match &node.data {
        NodeData::Comment { contents } => Some(contents.to_string()),
        _ => None,
    })
}

/// The address in `saved from url=(0027)https://lynd.example/a`, as browsers write it at the head of what they save.
fn saved_from(comment: &str) -> Option<String> {
    let rest = comment.trim().strip_prefix("saved from url=(")?;
    let (_, url) = rest.split_once(')')?;
    known(url.trim())
}

/// What JSON-LD says of an article.
#[derive(Default)]
struct Ld {
    title: Option<String>,
    date: Option<String>,
    outlet: Option<String>,
    byline: Option<String>,
    section: Option<String>,
    lang: Option<String>,
    words: Option<u32>,
}

/// The article in a piece of JSON-LD: the object itself, one of a list, or one in its `@graph`.
fn ld(text: &str) -> Option<Ld> {
    let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim_end_matches(';');
    // Line breaks stand in its strings as often as not, which JSON does not allow.
    let value = serde_json::from_str(text)
        .or_else(|_| serde_json::from_str::<Value>(&text.replace(|c: char| c.is_ascii_control(), " ")));
    let value = value.ok()?;
    let all = objects(&value);
    let article = all.iter().find(|object| is_article(object))?;
    let string = |name: &str| article.get(name).and_then(string);
    Some(Ld {
        title: string("headline").or_else(|| string("name")),
        date: string("datePublished").or_else(|| string("dateCreated")),
        outlet: names(article.get("publisher"), &all).into_iter().next(),
        byline: Some(names(article.get("author"), &all).join(", ")).filter(|names| !names.is_empty()),
        section: string("articleSection"),
        lang: string("inLanguage"),
        words: article
            .get("wordCount")
            .and_then(|n| n.as_u64().or_else(|| n.as_str()?.parse().ok()))
            .and_then(|n| n.try_into().ok())
            .filter(|n| *n > 0),
    })
}

/// An object, those of a list, those of a graph.
fn objects(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(objects).collect(),
        Value::Object(object) => {
            let graph = object.get("@graph").map(objects).unwrap_or_default();
            let main = object.get("mainEntity").filter(|main| main.is_object());
            std::iter::once(value).chain(main).chain(graph).collect()
        }
        _ => vec![],
    }
}

fn is_article(object: &Value) -> bool {
    let is_one = |kind: &str| {
        kind.ends_with("Article")
            || matches!(kind, "Report" | "BlogPosting" | "LiveBlogPosting" | "ReportageNewsArticle")
    };
    match object.get("@type") {
        Some(Value::String(kind)) => is_one(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_one),
        _ => false,
    }
}

/// A string, or the first of a list, or that of `{"@value": …}`.
fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => known(&resolved(text)),
        Value::Array(values) => values.iter().find_map(string),
        Value::Object(object) => object.get("@value").or_else(|| object.get("name")).and_then(string),
        _ => None,
    }
}

/// The names of people or of a publisher: strings, objects with a name, or links to such an object.
fn names(value: Option<&Value>, all: &[&Value]) -> Vec<String> {
    match value {
        Some(Value::Array(values)) => values.iter().flat_map(|value| names(Some(value), all)).collect(),
        Some(Value::Object(object)) if object.get("name").is_none() => {
            let id = object.get("@id");
            let linked = all
                .iter()
                .find(|other| id.is_some() && other.get("@id") == id && other.get("name").is_some());
            linked.and_then(|other| other.get("name")).and_then(string).into_iter().collect()
        }
        Some(value) => string(value).filter(|name| !is_address(name)).into_iter().collect(),
        None => vec![],
    }
}

/// `Q&amp;A` as `Q&A`: titles are often written for a page into what is none.
fn resolved(text: &str) -> String {
    unescape_with(text, resolve_html5_entity).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

/// The words of a text in one line; none where there is none.
fn known(text: &str) -> Option<String> {
    Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty())
}

fn is_address(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// `lynd.example` of `https://www.lynd.example/a`.
fn host(url: &str) -> Option<&str> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

/// A title without ` | Lynd Echo` at its end, or `Lynd Echo: ` at its beginning.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let Some(outlet) = outlet else { return title.to_owned() };
    let bare = |name: &str| -> String {
        squeeze(name).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
    };
    let name = bare(outlet);
    let is_outlet = |part: &str| {
        let part = bare(part);
        !part.is_empty()
            && (part == name
                || name.strip_prefix("the").is_some_and(|name| name == part)
                || name.split('.').next().is_some_and(|name| name == part))
    };
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » "] {
        if let Some((rest, _)) = title.rsplit_once(mark).filter(|(_, last)| is_outlet(last)) {
            return rest.trim().to_owned();
        }
        if let Some((_, rest)) = title.split_once(mark).filter(|(first, _)| is_outlet(first)) {
            return rest.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(html: &str) -> Meta {
        of(&Document::from(html), None).meta
    }

    fn shown(html: &str) -> String {
        let meta = meta(html);
        let known = [meta.title, meta.byline, meta.outlet, meta.published, meta.url, meta.lang, meta.section];
        known.map(Option::unwrap_or_default).join("/")
    }

    #[test]
    fn json_ld_goes_before_what_the_head_says() {
        let html = |ld: &str| {
            format!(
                "<html lang=en><head><title>No</title><meta property='og:title' content='No'><script type='application/ld+json'>{ld}</script></head></html>"
            )
        };
        let article = r#"{"@type":"NewsArticle","headline":"Q&amp;A at the depot","datePublished":"2024-05-06T10:00:00+02:00",
            "author":[{"@type":"Person","name":"Ines Varga"},"Tom Hale"],"publisher":{"name":"Lynd Echo"},"inLanguage":"de_AT","articleSection":["Local"]}"#;
        let want = "Q&A at the depot/Ines Varga, Tom Hale/Lynd Echo/2024-05-06//de-AT/Local";
        assert_eq!(shown(&html(article)), want);
        assert_eq!(shown(&html(&format!("[{{\"@type\":\"WebSite\"}},{article}]"))), want);
        assert_eq!(shown(&html(&format!("{{\"@graph\":[{{\"@type\":\"WebSite\"}},{article}]}}"))), want);
        let linked = r##"{"@graph":[{"@type":["Article","X"],"headline":"Fire\nat night","author":{"@id":"#a"},"publisher":{"@id":"#b"}},
            {"@id":"#a","name":"Ines Varga"},{"@id":"#b","@type":"Organization","name":"Lynd Echo"}]}"##;
        assert_eq!(shown(&html(linked)), "Fire at night/Ines Varga/Lynd Echo///en/");
        // A line break in a string, and no JSON at all.
        assert_eq!(shown(&html("{\"@type\":\"Report\",\"headline\":\"Fire\nburns\"}")), "Fire burns/////en/");
        assert_eq!(shown(&html("{\"@type\":")), "No/////en/");
        assert_eq!(shown(&html("{\"@type\":\"Product\",\"headline\":\"Depot\"}")), "No/////en/");
    }

    #[test]
    fn the_head_of_a_page() {
        assert_eq!(
            shown(
                "<html><head><title>Fire | Lynd Echo</title><meta name=author content='By Ines Varga'><meta property='og:site_name' content='Lynd Echo'>\
                 <meta name=DC.date content='2024-05-06'><link rel=canonical href='https://lynd.example/a'></head>"
            ),
            "Fire/Ines Varga/Lynd Echo/2024-05-06/https://lynd.example/a//"
        );
        assert_eq!(
            shown(
                "<!-- saved from url=(0024)https://www.lynd.example/b?c --><title>Lynd - it burns</title><time datetime='2024-05-06T08:00Z'>x</time>"
            ),
            "Lynd - it burns//lynd.example/2024-05-06/https://www.lynd.example/b?c//"
        );
        assert_eq!(
            shown("<body><h1>Menu</h1><article><h1>Fire\n at <i>night</i></h1></article>"),
            "Fire at night//////"
        );
    }

    #[test]
    fn titles_lose_the_name_of_the_outlet() {
        let check =
            |title: &str, outlet: &str, want: &str| assert_eq!(without_outlet(title, Some(outlet)), want);
        check("Fire | Lynd Echo", "Lynd Echo", "Fire");
        check("Fire - at night - The Lynd Echo", "The Lynd Echo", "Fire - at night");
        check("Lynd Echo – Fire", "The Lynd Echo", "Fire");
        check("Fire - at night", "Lynd Echo", "Fire - at night");
    }
}
