//! A chart as a CSV table: all its numbers, unrounded, a row a point.

use crate::analysis::chart::{Chart, Estimate, Plot};
use crate::formats::datasets::csv;

/// The numbers of a chart. Where there is no value, `undefined` says why.
pub fn csv(chart: &Chart) -> String {
    let mut rows: Vec<Vec<String>> = vec![];
    let mut push = |start: &[&str], end: Vec<String>| {
        rows.push(start.iter().map(|cell| (*cell).to_owned()).chain(end).collect());
    };
    let columns = || ["value", "low", "high", "n", "undefined"].map(str::to_owned).to_vec();
    match &chart.plot {
        Plot::Whiskers(plot) => {
            push(&["name"], columns());
            for row in &plot.rows {
                push(&[&row.name], cells(&row.at));
            }
        }
        Plot::Lines(plot) => {
            let head = |end: Vec<String>| end.into_iter().chain(["changed".to_owned()]).collect();
            push(&["part", "line", "place"], head(columns()));
            let lines = plot.parts.iter().flat_map(|part| part.lines.iter().map(move |line| (part, line)));
            for (part, line) in lines {
                for (place, (name, at)) in (0_u32..).zip(plot.places.iter().zip(&line.points)) {
                    let here = f64::from(place)..f64::from(place + 1);
                    let changed = plot.changes.iter().filter(|change| here.contains(&change.at));
                    let changed: Vec<_> = changed.map(|change| change.name.as_str()).collect();
                    let mut end = cells(at);
                    end.push(changed.join(", "));
                    push(&[&part.title, &line.sign.name, name], end);
                }
            }
        }
    }
    csv::table(&rows)
}

fn cells(at: &Estimate) -> Vec<String> {
    let shown = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let (low, high) = at.interval.unzip();
    let why = at.value.err().unwrap_or_default().to_owned();
    vec![shown(at.value.ok()), shown(low), shown(high), at.n.to_string(), why]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::chart::{Change, Line, Lines, Part, Scale, Sign, Whisker, Whiskers};

    const FULL: Estimate = Estimate { value: Ok(0.1 + 0.2), interval: Some((-0.5, 1.0)), n: 1234 };
    const NONE: Estimate = Estimate { value: Err("one, or none"), interval: None, n: 0 };

    fn written(plot: Plot) -> String {
        csv(&Chart { title: String::new(), says: String::new(), plot })
    }

    #[test]
    fn a_row_a_point_with_all_digits() {
        let scale = Scale::SHARES;
        let row = |name: &str, at| Whisker { name: name.to_owned(), at };
        let rows = vec![row("a \"b\"", FULL), row("c", NONE)];
        assert_eq!(
            written(Plot::Whiskers(Whiskers { rows, scale, marks: vec![] })),
            "name,value,low,high,n,undefined\n\"a \"\"b\"\"\",0.30000000000000004,-0.5,1,1234,\nc,,,,0,\"one, or none\"\n"
        );
        let sign =
            Sign { name: "Fact".into(), letter: "F".into(), colour: String::new(), stroke: String::new() };
        let line = Line { sign, points: vec![FULL, NONE] };
        let lines = Lines {
            places: vec!["1 to 6".into(), "7 to 9".into()],
            parts: vec![Part { title: "Coder 1".into(), lines: vec![line] }],
            scale,
            marks: vec![],
            changes: vec![Change { at: 1.0, name: "codebook version 2".into() }],
        };
        assert_eq!(
            written(Plot::Lines(lines)),
            "part,line,place,value,low,high,n,undefined,changed\nCoder 1,Fact,1 to 6,0.30000000000000004,-0.5,1,1234,,\n\
             Coder 1,Fact,7 to 9,,,,0,\"one, or none\",codebook version 2\n"
        );
    }
}
