//! A table as CSV: numbers unrounded, the ends of an interval in two columns, and in the last one why something is not defined.

use crate::analysis::report::{Cell, Table};
use crate::formats::datasets::csv;

pub(super) fn csv(table: &Table) -> String {
    let has_interval = |place: usize| {
        table.rows.iter().any(|row| matches!(row.get(place), Some(Cell::Interval(_) | Cell::Shares(_))))
    };
    let is_undefined = |cell: &Cell| {
        matches!(
            cell,
            Cell::Value(Err(_)) | Cell::Share(Err(_)) | Cell::Interval(Err(_)) | Cell::Shares(Err(_))
        )
    };
    let says_why = table.rows.iter().flatten().any(is_undefined);
    let mut head = vec![];
    for (place, column) in table.columns.iter().enumerate() {
        if has_interval(place) {
            head.extend(["low", "high"].map(|end| format!("{} {end}", column.name)));
        } else {
            head.push(column.name.clone());
        }
    }
    head.extend(says_why.then(|| "undefined".to_owned()));
    let mut rows = vec![head];
    for cells in &table.rows {
        let (mut row, mut why) = (vec![], vec![]);
        for (place, cell) in cells.iter().enumerate() {
            let number = |value: f64| value.to_string();
            let undefined = match cell {
                Cell::Interval(ends) | Cell::Shares(ends) => {
                    row.extend(ends.map_or_else(
                        |_| [String::new(), String::new()],
                        |(low, high)| [low, high].map(number),
                    ));
                    ends.err()
                }
                Cell::Value(value) | Cell::Share(value) => {
                    row.push(value.map(number).unwrap_or_default());
                    value.err()
                }
                Cell::Count(n) => {
                    row.push(n.to_string());
                    None
                }
                Cell::Text(text) => {
                    row.push(text.clone());
                    // No interval is worked out here: its other end is empty too.
                    row.extend(has_interval(place).then(String::new));
                    None
                }
            };
            if let Some((column, reason)) = table.columns.get(place).zip(undefined) {
                why.push(format!("{}: {reason}", column.name));
            }
        }
        row.extend(says_why.then(|| why.join("; ")));
        rows.push(row);
    }
    csv::table(&rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::report::Column;

    #[test]
    fn numbers_are_whole_and_what_is_undefined_says_why() {
        let column = |name: &str| Column { name: name.to_owned(), is_number: true };
        let table = Table {
            file: "t",
            caption: String::new(),
            columns: ["What", "Value", "95 % interval", "n"].map(column).to_vec(),
            rows: vec![
                vec![
                    Cell::Text("a, b".into()),
                    Cell::Value(Ok(0.1 + 0.2)),
                    Cell::Interval(Ok((-1.0, 0.5))),
                    Cell::Count(1234),
                ],
                vec![
                    Cell::Text("c".into()),
                    Cell::Share(Err("no")),
                    Cell::Interval(Err("none")),
                    Cell::Count(0),
                ],
                vec![Cell::Text("d".into()), Cell::Share(Ok(1.0)), Cell::Text(String::new()), Cell::Count(2)],
            ],
        };
        assert_eq!(
            csv(&table),
            "What,Value,95 % interval low,95 % interval high,n,undefined\n\
             \"a, b\",0.30000000000000004,-1,0.5,1234,\n\
             c,,,,0,Value: no; 95 % interval: none\n\
             d,1,,,2,\n"
        );
    }
}
