//! What coders are called in the figures: by name, or by numbers in an order of the project's own.

use crate::analysis::agreement::charts;
use crate::analysis::chance::{Chance, number_of};
use crate::model::ids::CoderId;
use crate::model::project::Project;
use crate::session::Session;
use crate::session::review::names::called;

impl Session {
    /// The coders of the figures, as they are called now.
    pub(super) fn call_coders(&mut self) {
        let Some(figures) = self.review.agreement.figures() else { return };
        let Some(desk) = self.desk() else { return };
        let people: Vec<&Project> = [desk.project()].into_iter().chain(self.review.over_project()).collect();
        let coders = figures.worked.matrix.coders().iter();
        let coders: Vec<CoderId> = coders.map(|id| CoderId::new(id.as_str())).collect();
        let shows_names = self.review.chosen.shows_names;
        let mut places: Vec<usize> = (0..coders.len()).collect();
        if !shows_names {
            // Not the order of any article, which would say who is who.
            Chance::new(number_of(self.review.seed, "agreement")).shuffle(&mut places);
        }
        let known =
            places.into_iter().filter_map(|place| Some((place, coders.get(place)?.clone()))).collect();
        let columns = called(&people, known, shows_names);
        if self.review.agreement.columns != columns {
            let drift = figures.worked.drift.as_ref();
            let name = |id: &str| {
                let column = columns.iter().find(|column| column.coder.as_str() == id);
                column.map_or(String::new(), |column| column.name.clone())
            };
            let labels = drift.map(|drift| charts::label_shares(drift, desk.project().scheme(), name));
            self.review.agreement.labels_over_time = labels;
            self.review.agreement.columns = columns;
            self.review.agreement.settle();
        }
    }
}
