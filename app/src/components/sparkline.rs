//! A sparkline: two counts over time, one stacked on the other.

use std::fmt::Write;

use leptos::prelude::*;

/// The drawing's own units; it is stretched to its place.
const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;

/// Draws how two counts went, the second on top of the first. The words beside it say the same in
/// numbers: it is one picture with one name.
#[component]
pub fn Sparkline(
    /// The lower and the upper count of each step, oldest first.
    #[prop(into)]
    steps: Signal<Vec<(u64, u64)>>,
    /// What the picture says, in words.
    #[prop(into)]
    name: Signal<String>,
) -> impl IntoView {
    let paths = Memo::new(move |_| steps.with(|steps| paths(steps)));
    view! {
        <svg class="sparkline" role="img" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-label=name>
            <path class="sparkline-lower" d=move || paths.with(|paths| paths.0.clone()) />
            <path class="sparkline-upper" d=move || paths.with(|paths| paths.1.clone()) />
        </svg>
    }
}

/// The columns of both counts as paths. The highest column fills the height; a count of nothing has none.
pub fn paths(steps: &[(u64, u64)]) -> (String, String) {
    let (mut lower, mut upper) = (String::new(), String::new());
    let most = steps.iter().map(|(below, above)| below + above).max().unwrap_or_default();
    if most == 0 {
        return (lower, upper);
    }
    let step = WIDTH / count(steps.len() as u64);
    // Whatever happened once can be seen beside what happened a thousand times.
    let tall = |amount: u64| if amount == 0 { 0.0 } else { (HEIGHT * count(amount) / count(most)).max(1.0) };
    for (place, &(below, above)) in steps.iter().enumerate() {
        let left = step * count(place as u64);
        let above = tall(above);
        let below = tall(below).min(HEIGHT - above);
        column(&mut lower, left, step, HEIGHT, below);
        column(&mut upper, left, step, HEIGHT - below, above);
    }
    (lower, upper)
}

/// A column that stands on `floor`, with a little air to the next one.
fn column(path: &mut String, left: f64, step: f64, floor: f64, tall: f64) {
    if tall > 0.0 {
        let _ = write!(path, "M{left:.1} {floor:.1}v-{tall:.1}h{:.1}v{tall:.1}z", step * 0.8);
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts for a picture of a hundred pixels")]
const fn count(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(steps: &[(u64, u64)], lower: &str, upper: &str) {
        assert_eq!(paths(steps), (lower.to_owned(), upper.to_owned()), "{steps:?}");
    }

    #[test]
    fn columns_stand_on_each_other() {
        check(&[], "", "");
        check(&[(0, 0), (0, 0)], "", "");
        check(&[(1, 0)], "M0.0 32.0v-32.0h96.0v32.0z", "");
        check(&[(3, 1), (0, 0)], "M0.0 32.0v-24.0h48.0v24.0z", "M0.0 8.0v-8.0h48.0v8.0z");
        check(&[(0, 0), (0, 2)], "", "M60.0 32.0v-32.0h48.0v32.0z");
    }

    #[test]
    fn what_happened_once_can_be_seen() {
        check(&[(9_999, 1)], "M0.0 32.0v-31.0h96.0v31.0z", "M0.0 1.0v-1.0h96.0v1.0z");
        check(&[(1, 9_999)], "M0.0 32.0v-0.0h96.0v0.0z", "M0.0 32.0v-32.0h96.0v32.0z");
    }
}
