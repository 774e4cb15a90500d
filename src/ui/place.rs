//! Where the window stands: its usual place apart from the maximised one, fitted to the screens that there are.

use crate::session::prefs::WindowPlace;
use egui::{Rect, Vec2, pos2, vec2};

/// Size of a first window, before any zoom and any density of a screen.
const FIRST: Vec2 = vec2(1280.0, 800.0);
/// The smallest window that can be worked in.
pub const SMALLEST: Vec2 = vec2(800.0, 500.0);
/// What the desktop's own bars and the window's frame may take of a screen's height.
const BARS: f32 = 96.0;
/// Less than this in either direction is not a window that somebody could take hold of.
const HOLD: f32 = 48.0;
/// How long a place has to last before it is the usual one: while the desktop makes a window large, it is seen large before
/// it is said to be maximised. In seconds.
const LASTS: f64 = 0.5;

/// A screen: its place and size in the units of a [`WindowPlace`], and how dense it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Monitor {
    pub rect: Rect,
    pub scale: f32,
}

/// Where the window begins: the place it had, as far as it is still there.
pub fn fitted(kept: Option<WindowPlace>, monitors: &[Monitor]) -> WindowPlace {
    let rect = kept.and_then(rect_of);
    let shown = |monitor: &&Monitor| rect.map_or(0.0, |rect| overlap(rect, monitor.rect));
    let best = monitors.iter().max_by(|a, b| shown(a).total_cmp(&shown(b)));
    let there = best.filter(|monitor| shown(monitor) > 0.0);
    let Some(monitor) = there.or(monitors.first()) else {
        // Nothing is known of the screens: the desktop will find a place.
        let first = WindowPlace { width: FIRST.x, height: FIRST.y, ..WindowPlace::default() };
        return WindowPlace { x: None, y: None, ..kept.unwrap_or(first) };
    };
    let screen = monitor.rect.size();
    let bars = BARS * monitor.scale;
    let wanted = kept.map_or(FIRST * monitor.scale, |kept| vec2(kept.width, kept.height));
    let width = wanted.x.min(screen.x);
    let height = if wanted.y > screen.y { screen.y - bars } else { wanted.y };
    let corner = rect.filter(|_| there.is_some()).map(|rect| {
        let last = monitor.rect.max - vec2(width, height);
        let (first, last) = (monitor.rect.min, last.max(monitor.rect.min));
        pos2(rect.left().clamp(first.x, last.x), rect.top().clamp(first.y, last.y))
    });
    WindowPlace {
        x: corner.map(|at| at.x),
        y: corner.map(|at| at.y),
        width,
        height,
        maximized: kept.is_some_and(|kept| kept.maximized),
    }
}

fn rect_of(place: WindowPlace) -> Option<Rect> {
    Some(Rect::from_min_size(pos2(place.x?, place.y?), vec2(place.width, place.height)))
}

/// How much of a window can be seen on a screen; nothing where nobody could take hold of it.
fn overlap(window: Rect, screen: Rect) -> f32 {
    let seen = window.intersect(screen);
    if seen.width() >= HOLD && seen.height() >= HOLD { seen.area() } else { 0.0 }
}

/// The place of a window through its life.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Usual {
    lasting: Option<WindowPlace>,
    /// As it is now, and since when; not while it is maximised.
    now: Option<(WindowPlace, f64)>,
    maximized: bool,
}

impl Usual {
    /// Begins where the window begins.
    pub fn at(place: WindowPlace) -> Self {
        Self { lasting: Some(place), now: None, maximized: place.maximized }
    }

    /// The window is seen here, at this time in seconds.
    pub fn see(&mut self, place: WindowPlace, at: f64) {
        let same = self.now.is_some_and(|(now, _)| now == place);
        if !same && let Some((now, since)) = self.now.take() {
            let lasted = at - since >= LASTS;
            self.lasting = if lasted || self.lasting.is_none() { Some(now) } else { self.lasting };
        }
        self.maximized = place.maximized;
        if !same && !place.maximized {
            self.now = Some((place, at));
        }
    }

    /// What is kept for the next time.
    pub fn to_keep(&self) -> Option<WindowPlace> {
        let now = self.now.map(|(now, _)| now);
        now.or(self.lasting).map(|place| WindowPlace { maximized: self.maximized, ..place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monitor(x: f32, y: f32, width: f32, height: f32) -> Monitor {
        Monitor { rect: Rect::from_min_size(pos2(x, y), vec2(width, height)), scale: 1.0 }
    }

    fn place(x: f32, y: f32, width: f32, height: f32) -> WindowPlace {
        WindowPlace { x: Some(x), y: Some(y), width, height, maximized: false }
    }

    fn homeless(width: f32, height: f32) -> WindowPlace {
        WindowPlace { width, height, ..WindowPlace::default() }
    }

    #[test]
    fn a_window_fits_the_screens_that_there_are() {
        let check = |kept: Option<WindowPlace>, monitors: &[Monitor], want: WindowPlace| {
            assert_eq!(fitted(kept, monitors), want, "{kept:?} on {monitors:?}");
            assert_eq!(fitted(Some(want), monitors), want, "it stays there: {want:?}");
        };
        let (laptop, right) = (monitor(0.0, 0.0, 1366.0, 768.0), monitor(1366.0, 0.0, 1920.0, 1080.0));
        check(None, &[laptop], homeless(1280.0, 672.0));
        check(None, &[right], homeless(1280.0, 800.0));
        check(None, &[monitor(0.0, 0.0, 1280.0, 800.0)], homeless(1280.0, 800.0));
        check(None, &[monitor(0.0, 0.0, 1024.0, 600.0)], homeless(1024.0, 504.0));
        check(None, &[], homeless(1280.0, 800.0));
        let dense = Monitor { scale: 2.0, ..monitor(0.0, 0.0, 3840.0, 2160.0) };
        check(None, &[dense], homeless(2560.0, 1600.0));
        // Where it was.
        let there = place(1500.0, 100.0, 1280.0, 800.0);
        check(Some(there), &[laptop, right], there);
        check(Some(place(0.0, 0.0, 1366.0, 768.0)), &[laptop, right], place(0.0, 0.0, 1366.0, 768.0));
        // The screen is gone, or nobody could take hold of it.
        check(Some(there), &[laptop], homeless(1280.0, 672.0));
        check(Some(place(1340.0, 100.0, 900.0, 600.0)), &[laptop], homeless(900.0, 600.0));
        check(Some(there), &[], homeless(1280.0, 800.0));
        // Partly outside, too large.
        check(Some(place(700.0, 300.0, 900.0, 600.0)), &[laptop], place(466.0, 168.0, 900.0, 600.0));
        check(Some(place(100.0, -40.0, 900.0, 600.0)), &[laptop], place(100.0, 0.0, 900.0, 600.0));
        check(Some(place(-200.0, 10.0, 900.0, 600.0)), &[laptop], place(0.0, 10.0, 900.0, 600.0));
        check(Some(place(10.0, 10.0, 3000.0, 2000.0)), &[laptop], place(0.0, 10.0, 1366.0, 672.0));
        check(Some(homeless(3000.0, 2000.0)), &[right], homeless(1920.0, 984.0));
        check(Some(homeless(900.0, 600.0)), &[right], homeless(900.0, 600.0));
        // Left of the first screen, above it.
        let left = monitor(-1920.0, -300.0, 1920.0, 1080.0);
        check(
            Some(place(-1800.0, -250.0, 900.0, 600.0)),
            &[laptop, left],
            place(-1800.0, -250.0, 900.0, 600.0),
        );
        // Maximised stays so, with its usual size.
        let large = WindowPlace { maximized: true, ..place(1500.0, 100.0, 1280.0, 800.0) };
        check(Some(large), &[laptop, right], large);
    }

    #[test]
    fn the_usual_place_outlives_the_maximised_one() {
        let usual = place(100.0, 50.0, 900.0, 600.0);
        let large = |maximized| WindowPlace { maximized, ..place(0.0, 0.0, 1920.0, 1060.0) };
        let mut seen = Usual::at(usual);
        assert_eq!(seen.to_keep(), Some(usual));
        seen.see(usual, 0.0);
        // Moved, grown, and only then said to be maximised.
        seen.see(place(0.0, 0.0, 900.0, 600.0), 5.0);
        seen.see(large(false), 5.01);
        seen.see(large(true), 5.05);
        let kept = WindowPlace { maximized: true, ..usual };
        assert_eq!(seen.to_keep(), Some(kept));
        seen.see(large(true), 60.0);
        assert_eq!(seen.to_keep(), Some(kept));
        // And back, in the other order.
        seen.see(large(false), 61.0);
        seen.see(usual, 61.02);
        assert_eq!(seen.to_keep(), Some(usual));
        // A place that lasts is the usual one; the last one is it at the end.
        seen.see(place(300.0, 50.0, 1000.0, 700.0), 70.0);
        seen.see(large(true), 75.0);
        assert_eq!(
            seen.to_keep(),
            Some(WindowPlace { maximized: true, ..place(300.0, 50.0, 1000.0, 700.0) })
        );
        seen.see(place(10.0, 20.0, 810.0, 510.0), 80.0);
        assert_eq!(seen.to_keep(), Some(place(10.0, 20.0, 810.0, 510.0)));
    }

    #[test]
    fn a_window_that_began_maximised_has_its_usual_size_still() {
        let kept = WindowPlace { maximized: true, ..place(100.0, 50.0, 900.0, 600.0) };
        let mut seen = Usual::at(kept);
        seen.see(place(100.0, 50.0, 900.0, 600.0), 0.0);
        seen.see(WindowPlace { maximized: true, ..place(0.0, 0.0, 1920.0, 1060.0) }, 0.1);
        assert_eq!(seen.to_keep(), Some(kept));
    }
}
