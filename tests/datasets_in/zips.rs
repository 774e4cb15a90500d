//! doccano's zips: who labelled what, and what no zip may do.

use crate::{drawn, labels_of, left, of, wish, written, zip_of};
use allegata::analysis::incoming::taking::take;
use allegata::formats::datasets::incoming::{File, Source, Unreadable, guess};
use allegata::formats::datasets::rows::Layer;
use allegata::formats::datasets::what::UnsureAs;
use allegata::formats::making;
use allegata::model::ids::{CoderId, ProjectId};
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;

fn read(bytes: Vec<u8>) -> Result<allegata::analysis::incoming::Incoming, Unreadable> {
    let files = [File { name: "export.zip".to_owned(), bytes }];
    let source = Source::of(&files, false);
    (guess("export.zip", &source).unwrap().read)(&source)
}

/// What each of the two said, as doccano has it.
fn lines(coder: &str) -> Vec<u8> {
    let files = written(&drawn(), "doccano", |what| {
        what.layer = Layer::Coder(CoderId::new(coder));
        what.unsure = UnsureAs::Column;
    });
    files.into_iter().next().unwrap().bytes
}

#[test]
fn a_file_a_member_is_a_coder_each() {
    let project = drawn();
    let (anna, ben) = (lines("anna"), lines("ben"));
    let zip = zip_of(
        &[("media/anna.jsonl", &anna), ("ben.jsonl", &ben), ("idle.jsonl", b""), ("a/b.txt", b"x")],
        true,
    );
    let mut incoming = read(zip).unwrap();
    let made = making::project(&mut incoming, ProjectId::new("p"), "p").unwrap();
    let taken = take(&made, &incoming, &wish()).unwrap();
    assert_eq!(left(&taken), Vec::<String>::new());
    assert_eq!(made.n_articles(), project.n_articles(), "an article once, also where both labelled it");
    let mut after = made;
    after.apply(taken.action.unwrap()).unwrap();
    for coder in ["anna", "ben"] {
        assert_eq!(labels_of(&after, coder).len(), labels_of(&project, coder).len(), "{coder}");
    }
    // Who worked together has one file, which names nobody.
    let incoming = read(zip_of(&[("all.jsonl", &anna)], true)).unwrap();
    assert!(take(&project, &incoming, &wish()).is_err());
    assert!(take(&project, &incoming, &of("dora")).unwrap().n_new > 0);
}

#[test]
fn what_a_zip_may_not_do_is_refused() {
    let line = lines("anna");
    let check = |zip: Vec<u8>, want: &str| {
        let why = read(zip).unwrap_err().to_string();
        assert!(why.starts_with(want), "{why}");
    };
    for name in ["../../etc/passwd.jsonl", "/etc/x.jsonl", "a/../../x.jsonl", "..\\x.jsonl", "C:\\x.jsonl"] {
        // A writer of zips would not take such a name: it is put there afterwards, in both places.
        let plain = "n".repeat(name.len() - ".jsonl".len()) + ".jsonl";
        let mut zip = zip_of(&[("ok.jsonl", &line), (&plain, &line)], true);
        for at in 0..zip.len() - name.len() {
            if zip[at..].starts_with(plain.as_bytes()) {
                zip[at..at + name.len()].copy_from_slice(name.as_bytes());
            }
        }
        check(zip, "a name in it leads out of it");
    }
    let inner = zip_of(&[("all.jsonl", &line)], true);
    check(zip_of(&[("inner.zip", &inner)], true), "an archive is in it: `inner.zip`");
    check(zip_of(&[("all.jsonl", &line), ("x.tar.gz", b"x")], true), "an archive is in it: `x.tar.gz`");
    check(zip_of(&[("posing.jsonl", &inner)], true), "an archive is in it: `posing.jsonl`");
    check(zip_of(&[("readme.txt", b"x")], true), "no `.jsonl` file is in it");
    check(zip_of(&[], true), "no `.jsonl` file is in it");
    let whole = zip_of(&[("all.jsonl", &line)], true);
    check(whole[..whole.len() / 2].to_vec(), "it is broken");
    let many: Vec<_> = (0..5000).map(|n| format!("{n}.jsonl")).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    check(zip_of(&many, false), "5000 files are in it");
}

/// A quarter of a megabyte that becomes more than 256 MiB: it is never whole in memory, and takes no time.
#[test]
fn a_bomb_is_refused() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    let block = vec![b' '; 1 << 20];
    for name in ["a.jsonl", "b.jsonl"] {
        zip.start_file(name, options).unwrap();
        (0..150).for_each(|_| zip.write_all(&block).unwrap());
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let why = read(bytes).unwrap_err().to_string();
    assert!(why.starts_with("more than 256 MiB are in it"), "{why}");
}
