//! Who holds a lock.

use std::fmt;

use crate::shell::clock;

/// Who has a file open for writing; empty and zero where the side-car does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    pub user: String,
    pub host: String,
    /// Seconds since 1970.
    pub since: i64,
    pub pid: u32,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.user.is_empty() {
            return write!(f, "it does not say by whom");
        }
        write!(f, "held by `{}` on `{}`", self.user, self.host)?;
        if self.since > 0 {
            write!(f, " since {}", clock::day(self.since, clock::now_secs()))?;
        }
        Ok(())
    }
}

impl Held {
    /// As it stands in a side-car.
    pub(in crate::shell) fn to_lines(&self) -> String {
        let plain = |text: &str| text.replace(|c: char| c.is_control(), " ");
        format!(
            "user={}\nhost={}\npid={}\nsince={}\n",
            plain(&self.user),
            plain(&self.host),
            self.pid,
            self.since
        )
    }

    pub(in crate::shell) fn from_lines(lines: &str) -> Self {
        let mut held = Self::default();
        for (key, value) in lines.lines().filter_map(|line| line.split_once('=')) {
            match key {
                "user" => held.user = value.into(),
                "host" => held.host = value.into(),
                "pid" => held.pid = value.parse().unwrap_or(0),
                "since" => held.since = value.parse().unwrap_or(0),
                _ => {} // a newer version may say more
            }
        }
        held
    }
}
