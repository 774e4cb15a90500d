//! Mending imports: what they say of files stands as it is, as far as a name is not too long.

use super::Mender;
use super::records::{self, ById, Listing, Record as _};
use crate::formats::project::list::{List, Make, each};
use crate::formats::project::records::{ImportFileRec, ImportRec, LeftOutRec};
use crate::formats::project::room;
use crate::formats::project::rows::Names;
use crate::formats::project::{escape, record};
use crate::model::ids::{CoderId, MAX_FILE_NAME_BYTES, RecordId};
use crate::model::import::{Import, ImportFile, LeftOut};
use std::sync::Arc;

impl Mender {
    pub(super) fn take_imports(&mut self, list: List<ImportRec>) -> Vec<Arc<Import>> {
        self.unplaced.n_left_out += list.n_left_out;
        let mut imports = ById::new();
        for Listing { record: mut import, bad_time, n_left_out } in each(list.made) {
            self.unplaced.n_left_out += n_left_out;
            self.say_bad_time(Import::WHAT, &import.id, bad_time);
            import.by = import.by.map(|by| self.coder(by.as_str()));
            let of = format!("the program of import `{}`", import.id);
            let program = std::mem::take(&mut import.program);
            import.program = self.name(&of, program, "program", &mut import.extra);
            let is_long = |file: &&mut ImportFile| file.name.len() > MAX_FILE_NAME_BYTES;
            for file in import.files.iter_mut().filter(is_long) {
                record::add(&mut file.extra, "name_as_written", &escape::string(&file.name));
                file.name.truncate(file.name.floor_char_boundary(MAX_FILE_NAME_BYTES));
                let id = &import.id;
                self.say(format!(
                    "import `{id}` names a file with more than {MAX_FILE_NAME_BYTES} bytes: it is cut off, and stays beside it \
                     as it was written"
                ));
            }
            imports.take(self, import);
        }
        imports.by_id.into_values().collect()
    }
}

impl Make for ImportFileRec {
    type Made = ImportFile;

    fn make(self, _: &mut Names) -> ImportFile {
        ImportFile {
            name: self.name,
            sha256: self.sha256,
            layout: self.layout,
            announced: self.announced,
            found: self.found,
            taken: self.taken,
            warnings: self.warnings.0,
            extra: self.extra,
        }
    }

    fn n_bytes(made: &ImportFile) -> usize {
        let texts = [Some(&made.name), made.sha256.as_ref(), made.layout.as_ref()];
        let texts = texts.into_iter().flatten().chain(&made.warnings).map(|text| room::of_text(text));
        let warnings = made.warnings.len() * size_of::<String>();
        size_of::<ImportFile>() + texts.sum::<usize>() + warnings + room::of_extra(&made.extra)
    }
}

impl Make for LeftOutRec {
    type Made = LeftOut;

    fn make(self, _: &mut Names) -> LeftOut {
        LeftOut { file: self.file, place: self.place, title: self.title, why: self.why, extra: self.extra }
    }

    fn n_bytes(made: &LeftOut) -> usize {
        let texts = [&made.file, &made.place, &made.title, &made.why].map(|text| room::of_text(text));
        size_of::<LeftOut>() + texts.iter().sum::<usize>() + room::of_extra(&made.extra)
    }
}

impl Make for ImportRec {
    type Made = Listing<Import>;

    fn make(self, names: &mut Names) -> Self::Made {
        import(self, names)
    }

    fn n_bytes(made: &Self::Made) -> usize {
        let bad_time = made.bad_time.as_deref().unwrap_or_default();
        records::in_a_map::<Import>([bad_time, &made.record.program], &made.record.extra)
    }
}

/// An import as it stands in the file.
pub(in crate::formats) fn import(rec: ImportRec, names: &mut Names) -> Listing<Import> {
    let mut extra = rec.extra;
    let (at, bad_time) = records::at(rec.at, &mut extra);
    let record = Import {
        id: RecordId::new(rec.id),
        by: rec.by.map(|by| CoderId::new(names.id(by))),
        at,
        program: rec.program,
        files: rec.files.made,
        left: rec.left.made,
        extra,
    };
    Listing { record, bad_time, n_left_out: rec.files.n_left_out + rec.left.n_left_out }
}
