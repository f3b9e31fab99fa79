//! A field of a form, whichever element it is.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// A field with text.
pub(super) struct Field(pub(super) web_sys::HtmlElement);

impl Field {
    pub(super) fn id(&self) -> String {
        self.0.id()
    }

    pub(super) fn name(&self) -> String {
        self.read("name")
    }

    pub(super) fn text(&self) -> String {
        self.read("value")
    }

    pub(super) fn at_first(&self) -> String {
        self.read("defaultValue")
    }

    fn read(&self, property: &str) -> String {
        Reflect::get(&self.0, &property.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
    }

    pub(super) fn put(&self, text: &str) {
        Reflect::set(&self.0, &"value".into(), &JsValue::from_str(text)).ok();
        if let Ok(event) = web_sys::Event::new("input") {
            self.0.dispatch_event(&event).ok();
        }
    }
}
