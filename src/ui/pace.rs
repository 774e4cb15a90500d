//! When the window is drawn: where something asks for it, and no more often than the screen shows it.
//!
//! egui lets every request be followed by a second frame, and draws for a key that is let go. Nothing here needs that: keys
//! act before the drawing, and whatever changes while drawing asks by itself.

use eframe::UserEvent;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use winit::event::{ElementState, WindowEvent};
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::window::WindowId;

/// Between two pictures of a screen that does not say how many it shows.
const USUAL: Duration = Duration::from_micros(16_667);
/// By how much frames may follow each other sooner: a screen that sets the pace itself is not always exact.
const SLACK: Duration = Duration::from_millis(1);

/// What came from the window system, and when the window was drawn last.
#[derive(Debug, Default)]
pub struct Pace {
    refresh: Option<Duration>,
    drawn: Option<Instant>,
    /// Keys let go, which come with the next thing that is drawn for.
    let_go: Vec<(WindowId, WindowEvent)>,
}

impl Pace {
    /// Takes the pace of the fastest screen.
    pub fn follow_screens(&mut self, event_loop: &ActiveEventLoop) {
        let rates = event_loop.available_monitors().filter_map(|monitor| monitor.refresh_rate_millihertz());
        self.refresh = rates.max().filter(|rate| *rate > 0).map(interval);
    }

    /// What of an event, and of those before it, is for the window now.
    pub fn take(&mut self, window: WindowId, event: WindowEvent) -> Vec<(WindowId, WindowEvent)> {
        match &event {
            WindowEvent::KeyboardInput { event: key, .. } if key.state == ElementState::Released => {
                self.let_go.push((window, event));
                Vec::new()
            }
            WindowEvent::RedrawRequested => vec![(window, event)],
            _ => {
                let mut events = std::mem::take(&mut self.let_go);
                events.push((window, event));
                events
            }
        }
    }

    /// Whether a frame may be drawn now; if not, when.
    pub fn too_soon(&mut self, now: Instant) -> Option<Instant> {
        let due = self.drawn.map(|drawn| drawn + self.refresh.unwrap_or(USUAL));
        if let Some(due) = due.filter(|due| now + SLACK < *due) {
            return Some(due);
        }
        self.drawn = Some(now);
        None
    }
}

/// Lets each request for a frame be one frame.
pub fn ask_once(ctx: &egui::Context, proxy: EventLoopProxy<UserEvent>) {
    // What egui adds of its own goes this way alone; what is asked for goes both.
    ctx.set_request_repaint_callback(|_| {});
    ctx.set_repaint_observer(move |asked| {
        let Some(when) = Instant::now().checked_add(asked.delay) else { return };
        // A loop that is gone draws nothing more.
        proxy.send_event(at(when, asked.viewport_id, asked.current_cumulative_pass_nr)).unwrap_or_default();
    });
}

/// Asks for a frame more where this one was drawn for a pointer over something else than what is in it.
///
/// egui points at the things of the frame before: what comes up under a pointer that rests, or leaves it, is drawn as pointed at
/// in the next one. A window over the window that is measured first and placed then asks until it stands.
pub fn draw_until_pointed(ctx: &egui::Context) {
    let radius = ctx.global_style().interaction.interact_radius;
    let is_stale = ctx.viewport(|window| {
        let at = window.input.pointer.latest_pos()?;
        let [now, before] =
            [&window.this_pass, &window.prev_pass].map(|pass| pointed(&pass.widgets, at, radius));
        Some(now != before)
    });
    if is_stale == Some(true) {
        ctx.request_repaint();
    }
}

/// What a pointer reaches that can be pointed at, layer by layer, each with its order.
fn pointed(widgets: &egui::WidgetRects, at: egui::Pos2, radius: f32) -> BTreeSet<(egui::Order, u64)> {
    let each =
        widgets.layers().flat_map(|(layer, widgets)| widgets.iter().map(|widget| (layer.order, widget)));
    let reached = each
        .filter(|(_, widget)| widget.sense.interactive() && widget.interact_rect.expand(radius).contains(at));
    reached.map(|(order, widget)| (order, widget.id.value())).collect()
}

/// The word to eframe that a window is to be drawn then.
pub fn at(when: Instant, viewport_id: egui::ViewportId, cumulative_pass_nr: u64) -> UserEvent {
    UserEvent::RequestRepaint { when, viewport_id, cumulative_pass_nr }
}

fn interval(millihertz: u32) -> Duration {
    Duration::from_secs_f64(1000.0 / f64::from(millihertz))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_each_other_as_pictures_of_the_screen_do() {
        let began = Instant::now();
        let ms = |n: u64| began + Duration::from_millis(n);
        let mut pace = Pace { refresh: Some(interval(50_000)), ..Pace::default() };
        assert_eq!(pace.too_soon(ms(0)), None, "the first at once");
        assert_eq!(pace.too_soon(ms(3)), Some(ms(20)));
        assert_eq!(pace.too_soon(ms(18)), Some(ms(20)), "and what waits does not move on");
        assert_eq!(pace.too_soon(ms(20)), None);
        assert_eq!(pace.too_soon(ms(39)), None, "a millisecond is not waited for");
        assert_eq!(pace.too_soon(ms(500)), None, "after a rest at once");
    }
}
