//! Numbers as people read them.

/// As in `1,204`.
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threes() {
        assert_eq!(
            [0, 12, 999, 1_204, 121_553, 1_000_000].map(grouped),
            ["0", "12", "999", "1,204", "121,553", "1,000,000"]
        );
    }
}
