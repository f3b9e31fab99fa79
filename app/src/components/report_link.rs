//! Where everybody can report what they find.

use domain::Reportable;
use leptos::prelude::*;

use crate::{bundle::rel, way_back::WayBack};

/// A link to the page where a thing is reported, which leads back here.
#[component]
pub fn ReportLink(
    what: Reportable,
    /// The address of the page at hand.
    #[prop(into)]
    back: String,
) -> impl IntoView {
    let back = WayBack::parse(&back).unwrap_or_default().in_query("next");
    view! {
        <a class="button" data-kind="quiet" data-size="small" data-testid="report"
            href=format!("/report?what={what}&{back}") rel=rel("/report")>
            "Report"<span class="visually-hidden">{format!(" this {}", what.noun())}</span>
        </a>
    }
}
