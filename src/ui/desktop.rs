//! What the desktop says over D-Bus, through the portal where there is one: light or dark, and whether it has file dialogs.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use zbus::export::futures_core::Stream as _;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{Connection, MatchRule, MessageStream, message};

const PORTAL: &str = "org.freedesktop.portal.Desktop";
const PLACE: &str = "/org/freedesktop/portal/desktop";
const SETTINGS: &str = "org.freedesktop.portal.Settings";
const APPEARANCE: (&str, &str) = ("org.freedesktop.appearance", "color-scheme");

/// Light or dark, as the desktop's setting has it now; shared with the thread that follows it.
#[derive(Debug, Clone, Default)]
pub struct Appearance(Arc<AtomicU8>);

/// What the desktop's setting says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// There is such a setting, and it does not ask for dark.
    Light,
    Dark,
}

impl Appearance {
    /// Nothing where there is no such setting.
    pub fn scheme(&self) -> Option<Scheme> {
        match self.0.load(Ordering::Relaxed) {
            1 => Some(Scheme::Light),
            2 => Some(Scheme::Dark),
            _ => None,
        }
    }

    pub fn set(&self, scheme: Option<Scheme>) {
        let value = match scheme {
            None => 0,
            Some(Scheme::Light) => 1,
            Some(Scheme::Dark) => 2,
        };
        self.0.store(value, Ordering::Relaxed);
    }

    /// Follows the desktop's setting and calls `wake` when it changes. Stays until the desktop goes; for a thread of its own.
    pub fn follow(&self, wake: impl Fn()) {
        if let Err(error) = zbus::block_on(self.followed(wake)) {
            tracing::debug!("the desktop says nothing of light and dark: {error}");
        }
    }

    async fn followed(&self, wake: impl Fn()) -> zbus::Result<()> {
        let desktop = Connection::session().await?;
        // Listened to before it is asked: no change falls between.
        let rule = MatchRule::builder()
            .msg_type(message::Type::Signal)
            .interface(SETTINGS)?
            .member("SettingChanged")?
            .path(PLACE)?
            .add_arg(APPEARANCE.0)?
            .build();
        let mut changes = MessageStream::for_match_rule(rule, &desktop, None).await?;
        let said = desktop.call_method(Some(PORTAL), PLACE, Some(SETTINGS), "Read", &APPEARANCE).await?;
        self.take(&said.body().deserialize::<Value<'_>>()?);
        wake();
        while let Some(change) = poll_fn(|cx| Pin::new(&mut changes).poll_next(cx)).await {
            let body = change?.body();
            let (_, key, value) = body.deserialize::<(&str, &str, Value<'_>)>()?;
            if key == APPEARANCE.1 {
                self.take(&value);
                wake();
            }
        }
        Ok(())
    }

    fn take(&self, value: &Value<'_>) {
        self.set(Some(scheme_of(value)));
    }
}

/// 1 asks for dark, 2 for light, 0 for nothing. An older portal wraps its answer twice.
fn scheme_of(value: &Value<'_>) -> Scheme {
    match value {
        Value::Value(inner) => scheme_of(inner),
        Value::U32(1) => Scheme::Dark,
        _ => Scheme::Light,
    }
}

/// Whether the desktop's portal can ask for files: it may be there without anything behind it.
pub fn has_file_dialogs() -> bool {
    let asked = async {
        let desktop = Connection::session().await?;
        let properties = Some("org.freedesktop.DBus.Properties");
        let interface = ("org.freedesktop.portal.FileChooser",);
        let said = desktop.call_method(Some(PORTAL), PLACE, properties, "GetAll", &interface).await?;
        let found: BTreeMap<String, OwnedValue> = said.body().deserialize()?;
        Ok::<_, zbus::Error>(found.contains_key("version"))
    };
    zbus::block_on(asked).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_is_dark() {
        let check = |value: Value<'_>, want: Scheme| {
            assert_eq!(scheme_of(&value), want, "{value:?}");
            assert_eq!(scheme_of(&Value::Value(Box::new(value))), want);
        };
        check(Value::U32(0), Scheme::Light);
        check(Value::U32(1), Scheme::Dark);
        check(Value::U32(2), Scheme::Light);
        check(Value::U32(77), Scheme::Light);
        check(Value::from("dark"), Scheme::Light);
    }
}
