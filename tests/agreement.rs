//! Figures of agreement against published values, against cases with exact values, and against the laws they obey.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use allegata::analysis::agreement::figures as coefficients;
use allegata::analysis::agreement::matrix::Matrix;
use allegata::analysis::agreement::panel::{self, Panel};
use allegata::analysis::agreement::sums::{self, Sums};
use allegata::analysis::agreement::tally::Tally;
use allegata::analysis::agreement::undefined::Undefined;
use allegata::analysis::agreement::unitizing::{self, Continuum, Section};
use allegata::formats::matrix::MatrixError;
use allegata::formats::{figures, matrix};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// Relative, as the cases ask; standard errors that are 0 come out as rounding noise.
const TOLERANCE: f64 = 1e-9;
const NOISE: f64 = 1e-7;

fn panel_of(table: &str, labels: &str) -> Panel {
    let labels = matrix::labels_of(labels);
    let mut read = matrix::read(table.as_bytes(), Some(&labels)).unwrap().matrix;
    read.drop_silent();
    panel::of(&read, None)
}

fn is_near(got: f64, want: f64) -> bool {
    (got - want).abs() <= TOLERANCE * want.abs().max(1.0)
}

#[track_caller]
fn near(got: Result<f64, Undefined>, want: f64) {
    assert!(got.is_ok_and(|got| is_near(got, want)), "{got:?} instead of {want}");
}

/// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example C: alpha = .743.
const KRIPPENDORFF_C: &str = "\
unit,A,B,C,D
1,1,1,,1
2,2,2,3,2
3,3,3,3,3
4,3,3,3,3
5,2,2,2,2
6,1,2,3,4
7,4,4,4,4
8,1,1,2,1
9,2,2,2,2
10,,5,5,5
11,,,1,1
12,,3,,
";

#[test]
fn four_observers_with_gaps() {
    let panel = panel_of(KRIPPENDORFF_C, "1,2,3,4,5");
    near(panel.alpha, 0.743_421_052_631_579);
    near(panel.percent_krippendorff, 0.8);
    near(panel.percent, 0.818_181_818_181_818_2);
    near(panel.fleiss, 0.761_169_275_422_411_1);
    near(panel.ac1, 0.775_444_068_126_995);
    near(panel.brennan_prediger, 0.772_727_272_727_272_7);
    near(panel.conger, 0.762_066_893_651_111_6);
    near(panel.light, 0.700_162_637_107_088_6);
    assert_eq!((panel.counts.n_units, panel.counts.n_pairable, panel.counts.n_answers), (12, 11, 40));
    assert_eq!(panel.pairs.len(), 6);
}

#[test]
fn what_is_undefined_says_why() {
    let alone = panel_of("unit,A,B\n1,x,\n2,,y\n", "x,y");
    assert_eq!(alone.alpha, Err(Undefined::NoPairableUnits));
    assert_eq!(alone.light, Err(Undefined::NoDefinedPair));
    assert_eq!(alone.fleiss_listwise, Err(Undefined::NoCompleteUnits));
    let same = panel_of("unit,A,B\n1,x,x\n2,x,x\n", "x,y");
    assert_eq!(same.alpha, Err(Undefined::NoVariation));
    assert_eq!(same.alpha_interval, Err(Undefined::NoVariation));
    near(same.ac1, 1.0);
    assert_eq!(same.ac1_observed, Err(Undefined::FewerThanTwoCategories));
    let one = panel_of("unit,A,B\n1,x,y\n", "x,y");
    assert_eq!(one.errors.alpha, Err(Undefined::FewerThanTwoGroups));
    let nobody = panel::of(&Matrix::default(), None);
    assert_eq!(nobody.alpha, Err(Undefined::NoPairableUnits));
}

/// Student's t for 3 degrees of freedom: 3.182446305284263.
#[test]
fn the_interval_leaves_out_articles() {
    let table = "\
unit,article,A,B
1,a,x,x
2,a,x,y
3,b,y,y
4,b,x,x
5,c,y,x
6,c,y,y
7,d,x,x
8,d,y,y
";
    let panel = panel_of(table, "x,y");
    let (alpha, error) = (panel.alpha.unwrap(), panel.errors.alpha.unwrap());
    let interval = panel.alpha_interval.unwrap();
    assert_eq!(interval.df, 3);
    near(Ok(interval.low), alpha - 3.182_446_305_284_263 * error);
    near(Ok(interval.high), (alpha + 3.182_446_305_284_263 * error).min(1.0));
}

/// Tables as nobody writes them: they are read or refused with a reason, in time and room that grow with their size.
#[test]
fn hostile_tables() {
    let read = |table: &str| matrix::read(table.as_bytes(), None).map(|read| read.matrix);
    let labels = |n: usize| text_of(n, |n| format!("{n},label {n},label {}\n", n / 2 * 2));
    let many = read(&format!("unit,A,B\n{}", labels(10_000))).unwrap();
    assert_eq!((many.labels().len(), many.n_units()), (10_000, 10_000));
    near(
        coefficients::alpha(&sums::of_all(&many)),
        1.0 - 19_999.0 * 10_000.0 / (20_000.0 * 20_000.0 - 50_000.0),
    );
    // A codebook of as many, of which few occur.
    let named: Vec<String> = (0..10_000).map(|n| format!("label {n}")).collect();
    let table = format!("unit,A,B\n{}", labels(100));
    let panel = panel::of(&matrix::read(table.as_bytes(), Some(&named)).unwrap().matrix, None);
    assert_eq!((panel.labels.len(), panel.pairs.len()), (10_000, 1));
    near(panel.percent, 0.5);
    assert!(figures::of(&panel).to_string().len() > 500_000);
    assert!(matches!(read(&format!("unit,A,B\n{}", labels(70_000))), Err(MatrixError::TooMany)));

    let coders = |n: usize| text_of(n, |n| format!(",coder {n}"));
    let answers = |unit: usize, n: usize| text_of(n, |n| format!(",{}", (unit + n / 200) % 3));
    let rows = text_of(200, |unit| format!("{unit}{}\n", answers(unit, 256)));
    let panel = panel::of(&read(&format!("unit{}\n{rows}", coders(256))).unwrap(), None);
    assert_eq!((panel.pairs.len(), panel.counts.n_answers), (32_640, 51_200));
    assert!(panel.alpha.is_ok() && panel.light.is_ok());
    // Each by itself is well; both at once would make a small table gigabytes.
    let rows = text_of(40, |unit| format!("{unit}{}\n", text_of(256, |n| format!(",{unit} {n}"))));
    assert_eq!(
        read(&format!("unit{}\n{rows}", coders(256))),
        Err(MatrixError::TooMuch { coders: 256, labels: 10_240 })
    );

    let quoted = read("\u{feff}unit,\"A, the \"\"first\"\"\",B\n1,\"x\ny\",\"x\ny\"\n2,\" x\",x\n").unwrap();
    assert_eq!(quoted.coders(), ["A, the \"first\"", "B"]);
    assert_eq!(quoted.labels(), [" x", "x", "x\ny"]);
    assert_eq!(read("unit,A,B\n1,x\0,x\n"), Err(MatrixError::NotUtf8(2)));
    assert_eq!(read("unit,A,B\n1,x,x\n2,x,x,x\n"), Err(MatrixError::Ragged { line: 3, n: 4, of: 3 }));
    assert_eq!(read("unit,A,A \n1,x,x\n"), Err(MatrixError::CoderTwice("A ".to_owned())));
    assert_eq!(read("unit,A, \n1,x,x\n"), Err(MatrixError::Nameless(3)));
    let huge = "x".repeat(8 << 20);
    let one = read(&format!("unit,A,B\n1,{huge},{huge}\n")).unwrap();
    assert_eq!((one.n_units(), one.labels().len()), (1, 1));
    assert_eq!(panel::of(&one, None).alpha, Err(Undefined::NoVariation));
}

fn text_of(n: usize, part: impl FnMut(usize) -> String) -> String {
    (0..n).map(part).collect::<Vec<_>>().concat()
}

/// A unit is of its kind whatever came before: figures are those of the rows one by one.
#[test]
fn kinds_of_rows_are_the_rows() {
    let mut answers =
        Matrix::new(vec!["A".into(), "B".into(), "C".into()], ["x", "y", "z"].map(str::to_owned).into());
    let mut rows = vec![];
    for unit in 0..2000_u32 {
        let cell =
            |coder: u32| u16::try_from((unit * 7 + coder * unit / 3) % 4).ok().filter(|label| *label < 3);
        let row: Vec<_> = (0..3).map(cell).collect();
        answers.push(row.iter().copied(), Some(unit * 31 % 97));
        rows.push(row);
    }
    assert!(answers.rows().eq(rows.iter().map(Vec::as_slice)));
    assert_eq!(answers.kinds().map(|(_, times)| times).sum::<u64>(), 2000);
    let (whole, by_rows) = (sums::of_all(&answers), Sums::of(answers.rows()));
    assert_eq!(
        (whole.n_rated, whole.n_pairs, whole.n_agreeing),
        (by_rows.n_rated, by_rows.n_pairs, by_rows.n_agreeing)
    );
    assert!((whole.share - by_rows.share).abs() < 1e-9 && (whole.near - by_rows.near).abs() < 1e-9);
    assert_eq!(whole.labels.len(), by_rows.labels.len());
    let parts = sums::by_article(&answers);
    assert_eq!(parts.len(), 97);
    assert_eq!(parts.iter().map(|part| part.sums.n_answers).sum::<u64>(), whole.n_answers);
    let without = answers.without(1);
    let want =
        rows.iter().map(|row| row.iter().map(|cell| cell.filter(|cell| *cell != 1)).collect::<Vec<_>>());
    assert!(without.rows().map(<[_]>::to_vec).eq(want));
    assert!(without.kinds().count() < answers.kinds().count());
}

/// What an article adds up to is what its rows do, with few kinds of units and with many, whatever the order of units.
#[test]
fn articles_add_up_to_their_rows() {
    for (n_labels, n_coders) in [(1, 2), (3, 3), (7, 5), (300, 4)] {
        let names = |n: u32| (0..n).map(|at| at.to_string()).collect::<Vec<_>>();
        for turned in [1, 31] {
            let mut answers = Matrix::new(names(n_coders), names(n_labels));
            let mut rows: BTreeMap<u32, Vec<Vec<Option<u16>>>> = BTreeMap::new();
            for unit in 0..970_u32 {
                let cell = |coder: u32| (unit * 7 + coder * (unit / 3) + coder) % (n_labels + 1);
                let row: Vec<_> = (0..n_coders).map(|coder| u16::try_from(cell(coder)).unwrap()).collect();
                let row: Vec<_> =
                    row.iter().map(|label| (u32::from(*label) < n_labels).then_some(*label)).collect();
                let article = if turned == 1 { unit / 10 } else { unit * turned % 97 };
                answers.push(row.iter().copied(), Some(article));
                rows.entry(article).or_default().push(row);
            }
            for without in [None, Some(0)] {
                let left = |cell: &Option<u16>| cell.filter(|label| Some(*label) != without);
                let want = rows.values().map(|rows| {
                    let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().map(left).collect()).collect();
                    Sums::of(rows.iter().map(Vec::as_slice))
                });
                let want: Vec<Sums> = want.filter(|sums| sums.n_rated > 0).collect();
                let mut got = vec![];
                Tally::of(&answers).unwrap().each(without, |sums| got.push(sums.clone()));
                assert_eq!(got.len(), want.len());
                for (got, want) in got.iter().zip(&want) {
                    let counts = |sums: &Sums| {
                        let of_units = [sums.n_rated, sums.n_pairable, sums.n_unanimous, sums.n_answers];
                        let of_labels = sums
                            .labels
                            .iter()
                            .map(|of| (of.label, [of.n_given, of.n_answers, of.n_agreeing, of.n_met]));
                        (of_units, sums.n_agreeing, sums.n_pairs, of_labels.collect::<Vec<_>>())
                    };
                    assert_eq!(counts(got), counts(want));
                    assert!((got.share - want.share).abs() < 1e-9 && (got.near - want.near).abs() < 1e-9);
                    for (got, want) in got.labels.iter().zip(&want.labels) {
                        assert!((got.apart - want.apart).abs() < 1e-9);
                        assert!((got.share - want.share).abs() < 1e-9);
                    }
                }
            }
        }
    }
}

/// The keys that the figures are promised under, of two coders and of three, with articles and without: none is missing, and what is
/// undefined is `null` with a reason, also inside a pair.
#[test]
fn every_promised_key_is_there() {
    const PANEL: [&str; 27] = [
        "percent",
        "percent_pooled",
        "percent_krippendorff",
        "percent_all_agree",
        "percent_pairs_mean",
        "krippendorff_alpha_nominal",
        "krippendorff_alpha_category",
        "specific_agreement",
        "fleiss_kappa",
        "fleiss_kappa_listwise",
        "fleiss_kappa_category",
        "gwet_ac1",
        "brennan_prediger",
        "conger_kappa",
        "light_kappa",
        "light_kappa_pairs_defined",
        "pairs",
        "gwet_ac1_observed_q",
        "brennan_prediger_observed_q",
        "cohen_kappa",
        "scott_pi",
        "cohen_kappa_se",
        "cohen_kappa_category",
        "alpha_detection",
        "alpha_type",
        "alpha_interval",
        "counts",
    ];
    const OF_LABELS: [&str; 3] =
        ["krippendorff_alpha_category", "specific_agreement", "fleiss_kappa_category"];
    const OF_TWO: [&str; 4] = ["cohen_kappa", "scott_pi", "cohen_kappa_se", "cohen_kappa_category"];
    const OF_PAIR: [&str; 7] = ["a", "b", "n", "percent", "cohen_kappa", "scott_pi", "cohen_kappa_se"];
    let said = |table: &str| {
        let labels = matrix::labels_of("fact,denial,none");
        let mut read = matrix::read(table.as_bytes(), Some(&labels)).unwrap().matrix;
        read.drop_silent();
        figures::of(&panel::of(&read, Some(2)))
    };
    let two = "unit,A,B\n1,fact,fact\n2,denial,fact\n3,none,none\n";
    let three = "unit,article,A,B,C\n1,x,fact,fact,\n2,x,denial,fact,\n3,y,none,none,\n4,y,fact,none,\n5,y,,,fact\n6,z,,,none\n";
    for (table, n_coders, by) in [(two, 2, "unit"), (three, 3, "cluster")] {
        let all = said(table);
        for key in PANEL {
            assert!(all.get(key).is_some(), "{key}: {all}");
        }
        for of in ["krippendorff_alpha_nominal", "percent", "fleiss_kappa", "gwet_ac1"] {
            assert!(all.get(format!("{of}_se_jackknife_{by}")).is_some(), "{of}: {all}");
        }
        for (key, of) in OF_LABELS.map(|key| (key, &all[key])) {
            let names: Vec<_> = of.as_object().unwrap().keys().collect();
            assert_eq!(names, ["denial", "fact", "none"], "{key}");
        }
        for end in ["low", "high", "method", "df"] {
            assert!(all["alpha_interval"].get(end).is_some(), "{end}: {all}");
        }
        assert_eq!(all["alpha_interval"]["method"], format!("jackknife_{by}"));
        for key in OF_TWO {
            let is_there = !all[key].is_null();
            assert_eq!(is_there, n_coders == 2, "{key}: {all}");
            if !is_there {
                assert_eq!(all["undefined"][key], "needs_exactly_two_raters_see_pairs", "{key}");
            }
        }
        let pairs = all["pairs"].as_array().unwrap();
        let named: Vec<_> = pairs.iter().map(|pair| [&pair["a"], &pair["b"]]).collect();
        let want = [["A", "B"], ["A", "C"], ["B", "C"]];
        assert_eq!(named, if n_coders == 2 { &want[..1] } else { &want[..] }, "in the order of the columns");
        for pair in pairs {
            assert!(OF_PAIR.iter().all(|key| pair.get(key).is_some()), "{pair}");
            assert_eq!(pair["cohen_kappa_category"].as_object().unwrap().len(), 3, "{pair}");
            let is_met = pair["n"].as_u64().unwrap() > 0;
            assert_eq!(is_met, pair["b"] != "C", "{pair}");
            for key in ["percent", "cohen_kappa", "scott_pi", "cohen_kappa_se"] {
                assert_eq!(pair[key].is_null(), !is_met, "{key}: {pair}");
                assert_eq!(pair["undefined"].get(key).is_some(), !is_met, "{key}: {pair}");
            }
        }
        // Nothing that is null is without its reason, nothing that has one is a number.
        for (key, value) in all.as_object().unwrap() {
            let reason = all["undefined"].get(key);
            assert_eq!(value.is_null(), reason.is_some_and(Value::is_string), "{key}: {all}");
        }
    }
}

/// Cases with exact values, each a JSON file with its name, where the folder that holds them is there.
fn cases() -> Vec<(String, Value)> {
    let folder = std::env::var_os("ALLEGATA_AGREEMENT_CASES")
        .map_or_else(|| "../shared/agreement".into(), std::path::PathBuf::from);
    let files = std::fs::read_dir(folder).into_iter().flatten().map(|file| file.unwrap().path());
    let cases = files.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap())
    };
    cases.map(read).collect()
}

#[test]
fn cases_with_exact_values() {
    let cases = cases();
    let mut n_compared = 0;
    for (name, case) in cases.iter().filter(|(_, case)| case["kind"] == "nominal") {
        let got = figures::of(&panel::of(&matrix_of(case), None));
        n_compared += compare(name, &got, &case["expected"]);
        for key in case["expected"]["undefined"].as_object().unwrap().keys() {
            let is_ours = got["undefined"].get(key).is_some() || key.contains("se0") || key.contains("_unit");
            assert!(is_ours, "{name}: {key} is not said to be undefined");
        }
    }
    assert!(cases.is_empty() || n_compared > 1000, "{n_compared} values compared");
}

fn matrix_of(case: &Value) -> Matrix {
    let texts = |key: &str| -> Vec<String> {
        case[key].as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    let (coders, labels) = (texts("raters"), texts("categories"));
    let mut matrix = Matrix::new(coders.clone(), labels.clone());
    let mut articles = Vec::new();
    for unit in case["units"].as_array().unwrap() {
        let article = unit.get("cluster").map(|name| {
            let at = articles.iter().position(|known| known == name).unwrap_or(articles.len());
            if at == articles.len() {
                articles.push(name.clone());
            }
            u32::try_from(at).unwrap()
        });
        let row = coders.iter().map(|coder| {
            let label = unit["ratings"].get(coder)?.as_str()?;
            labels.iter().position(|known| known == label).map(|at| u16::try_from(at).unwrap())
        });
        matrix.push(row, article);
    }
    matrix
}

/// Texts that coders divided themselves, and answers of several labels.
#[test]
fn cases_of_other_kinds() {
    let cases = cases();
    let mut n_compared = 0;
    for (name, case) in &cases {
        let got = match case["kind"].as_str() {
            Some("unitizing") => unitized(case),
            Some("multilabel") => sets(case),
            _ => continue,
        };
        for (key, got) in got {
            let want = key.split('/').fold(&case["expected"], |value, part| &value[part]);
            if let Some(want) = want.as_f64() {
                assert!(got.is_ok_and(|got| is_near(got, want)), "{name} {key}: {got:?} instead of {want}");
                n_compared += 1;
            }
        }
    }
    assert!(cases.is_empty() || n_compared >= 11, "{n_compared} values compared");
}

fn unitized(case: &Value) -> Vec<(String, Result<f64, Undefined>)> {
    let spans = case["spans"].as_array().unwrap();
    let of = |rater: &Value| -> Vec<Section<&str>> {
        let own = spans.iter().filter(|span| span["rater"] == *rater);
        let mut own: Vec<_> = own
            .map(|span| Section {
                start: span["begin"].as_u64().unwrap(),
                end: span["end"].as_u64().unwrap(),
                label: span["category"].as_str().unwrap(),
            })
            .collect();
        own.sort_unstable();
        own
    };
    let coders = case["raters"].as_array().unwrap().iter().map(of).collect();
    let got = unitizing::of(&[Continuum { len: case["continuum_length"].as_u64().unwrap(), coders }]);
    let of_label = got.of_label.iter().map(|(label, figure)| (format!("alpha_u_category/{label}"), *figure));
    let all =
        [("alpha_u", got.alpha), ("u_alpha_nominal_2016", got.nominal), ("u_alpha_binary_2016", got.binary)];
    all.map(|(key, figure)| (key.to_owned(), figure)).into_iter().chain(of_label).collect()
}

fn sets(case: &Value) -> Vec<(String, Result<f64, Undefined>)> {
    let mut known: Vec<Vec<u16>> = vec![];
    let coders: Vec<&str> =
        case["raters"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let mut rows = vec![];
    for unit in case["units"].as_array().unwrap() {
        let row = coders.iter().map(|coder| {
            let labels = unit["ratings"].get(coder)?.as_array()?;
            let mut set: Vec<u16> =
                labels.iter().map(|label| u16::from(label.as_str().unwrap().as_bytes()[0])).collect();
            set.sort_unstable();
            let at = known.iter().position(|other| *other == set).unwrap_or(known.len());
            if at == known.len() {
                known.push(set);
            }
            Some(u16::try_from(at).unwrap())
        });
        rows.push(row.collect::<Vec<_>>());
    }
    let names = (0..known.len()).map(|n| n.to_string()).collect();
    let mut matrix = Matrix::new(coders.iter().map(ToString::to_string).collect(), names).of_sets(known);
    for row in rows {
        matrix.push(row, None);
    }
    let panel = panel::of(&matrix, None);
    vec![
        ("krippendorff_alpha_jaccard".into(), panel.alpha_jaccard.unwrap()),
        ("krippendorff_alpha_masi".into(), panel.alpha_masi.unwrap()),
        ("krippendorff_alpha_nominal_on_sets".into(), panel.alpha),
    ]
}

/// Compares what both have; how many values that were.
fn compare(name: &str, got: &Value, want: &Value) -> usize {
    match (got, want) {
        (Value::Object(got), Value::Object(want)) => {
            let both = want.iter().filter_map(|(key, want)| Some((key, got.get(key)?, want)));
            both.map(|(key, got, want)| compare(&format!("{name} {key}"), got, want)).sum()
        }
        (Value::Array(got), Value::Array(want)) => {
            assert_eq!(got.len(), want.len(), "{name}");
            got.iter().zip(want).map(|(got, want)| compare(name, got, want)).sum()
        }
        (Value::Number(a), Value::Number(b)) => {
            let (got, want) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            let is_noise = name.contains("_se") && (got - want).abs() < NOISE;
            assert!(is_near(got, want) || is_noise, "{name}: {got} instead of {want}");
            1
        }
        _ => {
            assert_eq!(got, want, "{name}");
            1
        }
    }
}

/// Tables of up to four coders, four labels and three articles, with gaps.
fn tables() -> impl Strategy<Value = Vec<(u32, Vec<Option<u16>>)>> {
    (2_usize..=4).prop_flat_map(|n_coders| {
        let cell = prop_oneof![1 => Just(None), 3 => (0_u16..4).prop_map(Some)];
        prop::collection::vec((0_u32..3, prop::collection::vec(cell, n_coders)), 1..30)
    })
}

fn figures_of(rows: &[(u32, Vec<Option<u16>>)]) -> Panel {
    let n_coders = rows.first().map_or(0, |(_, row)| row.len());
    let coders = (0..n_coders).map(|n| format!("coder {n}")).collect();
    let labels = ["a", "b", "c", "none"].map(str::to_owned).to_vec();
    let mut matrix = Matrix::new(coders, labels);
    for (article, row) in rows {
        matrix.push(row.iter().copied(), Some(*article));
    }
    matrix.drop_silent();
    panel::of(&matrix, Some(3))
}

#[track_caller]
fn same(a: Result<f64, Undefined>, b: Result<f64, Undefined>) {
    match (a, b) {
        (Ok(a), Ok(b)) => assert!(is_near(a, b), "{a} and {b}"),
        (a, b) => assert_eq!(a, b),
    }
}

fn same_overall(a: &Panel, b: &Panel) {
    for (a, b) in [
        (a.alpha, b.alpha),
        (a.percent, b.percent),
        (a.percent_pooled, b.percent_pooled),
        (a.percent_krippendorff, b.percent_krippendorff),
        (a.percent_all_agree, b.percent_all_agree),
        (a.percent_pairs_mean, b.percent_pairs_mean),
        (a.fleiss, b.fleiss),
        (a.fleiss_listwise, b.fleiss_listwise),
        (a.ac1, b.ac1),
        (a.brennan_prediger, b.brennan_prediger),
        (a.conger, b.conger),
        (a.light, b.light),
        (a.errors.alpha, b.errors.alpha),
    ] {
        same(a, b);
    }
}

proptest! {
    #[test]
    fn the_order_of_units_and_coders_changes_nothing(rows in tables()) {
        let before = figures_of(&rows);
        let turned: Vec<_> = rows.iter().rev().cloned().collect();
        same_overall(&before, &figures_of(&turned));
        let turned: Vec<_> =
            rows.iter().map(|(article, row)| (*article, row.iter().rev().copied().collect())).collect();
        same_overall(&before, &figures_of(&turned));
    }

    #[test]
    fn other_names_for_the_labels_change_nothing(rows in tables()) {
        let turned: Vec<_> = rows
            .iter()
            .map(|(article, row)| (*article, row.iter().map(|cell| cell.map(|label| (label + 1) % 4)).collect()))
            .collect();
        same_overall(&figures_of(&rows), &figures_of(&turned));
    }

    #[test]
    fn a_coder_without_answers_changes_nothing(rows in tables()) {
        let more: Vec<_> = rows
            .iter()
            .map(|(article, row)| (*article, row.iter().copied().chain([None]).collect()))
            .collect();
        let (before, after) = (figures_of(&rows), figures_of(&more));
        same_overall(&before, &after);
        prop_assert_eq!(before.pairs.len(), after.pairs.len());
    }

    #[test]
    fn perfect_agreement_is_one_where_it_is_defined(rows in tables()) {
        let alike: Vec<_> =
            rows.iter().map(|(article, row)| (*article, vec![row[0]; row.len()])).collect();
        let panel = figures_of(&alike);
        let figures = [panel.alpha, panel.fleiss, panel.conger, panel.light, panel.ac1, panel.percent];
        for value in figures.into_iter().flatten() {
            prop_assert!(is_near(value, 1.0), "{value}");
        }
    }

    #[test]
    fn two_equal_halves_give_the_whole_percent(rows in tables()) {
        let twice: Vec<_> = rows.iter().chain(&rows).cloned().collect();
        same(figures_of(&rows).percent, figures_of(&twice).percent);
    }

    #[test]
    fn figures_are_numbers_or_say_why(rows in tables()) {
        let json = figures::of(&figures_of(&rows)).to_string();
        prop_assert!(!json.contains("NaN") && !json.contains("inf"));
    }

    #[test]
    fn no_table_panics(bytes in prop::collection::vec(prop_oneof![Just(b','), Just(b'\n'), Just(b'"'), any::<u8>()], 0..80)) {
        if let Ok(read) = matrix::read(&bytes, None) {
            let mut answers = read.matrix;
            answers.drop_silent();
            figures::of(&panel::of(&answers, None));
        }
    }
}
