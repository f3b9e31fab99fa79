//! Templates: a file with names to be filled in, each written as `@name`.

/// The text with each `@name` replaced.
pub(super) fn fill(template: &str, names: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut parts = template.split('@');
    filled.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|mark: char| !mark.is_ascii_lowercase()).unwrap_or(part.len());
        let (name, rest) = part.split_at(end);
        let value = names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        filled.push_str(value.unwrap_or_else(|| panic!("a template says @{name}, which has no value")));
        filled.push_str(rest);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_in_once() {
        let names = [("type", "@name"), ("name", "reads")];
        assert_eq!(fill("pub struct @type;\nfetch_@name()", &names), "pub struct @name;\nfetch_reads()");
    }

    #[test]
    #[should_panic(expected = "@nobody")]
    fn a_name_without_a_value_is_a_mistake() {
        fill("@nobody", &[]);
    }
}
