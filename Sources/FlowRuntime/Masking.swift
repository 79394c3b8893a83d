import FlowProgram

/// A person's number as it may be shown to those who run a server: its beginning, its end, and how long it is.
///
/// `+15555550123` is `+15*******23`, `client:ann` is `client:***`.
package func maskedNumber(_ number: String) -> String {
    if let colon = number.firstIndex(of: ":") {
        return number[...colon] + String(repeating: "*", count: number[colon...].count - 1)
    }
    guard number.count >= 7 else { return String(repeating: "*", count: number.count) }
    return number.prefix(3) + String(repeating: "*", count: number.count - 5) + number.suffix(2)
}

/// A text with what in it is a number of these people masked, however much of the number it is.
package func masked(_ text: String, hiding numbers: [String]) -> String {
    let hidden = numbers.map(digits).filter { $0.count >= leastDigits }
    for number in numbers where !number.isEmpty && text == number { return maskedNumber(number) }
    guard !hidden.isEmpty, text.utf8.count >= leastDigits else { return text }
    var shown: [UInt8] = []
    var run: [UInt8] = []
    func end() {
        let isHidden = run.count >= leastDigits && hidden.contains { isPart(run, $0) || isPart($0, run) }
        shown += isHidden ? Array(repeating: UInt8(ascii: "*"), count: run.count - 2) + run.suffix(2) : run
        run = []
    }
    for byte in text.utf8 {
        if isDigit(byte) {
            run.append(byte)
        } else {
            end()
            shown.append(byte)
        }
    }
    end()
    return String(decoding: shown, as: UTF8.self)
}

/// Fewer are anything: an hour, a price, a PIN.
private let leastDigits = 7

private func digits(_ text: String) -> [UInt8] { text.utf8.filter(isDigit) }

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private func isPart(_ part: [UInt8], _ whole: [UInt8]) -> Bool {
    guard part.count <= whole.count else { return false }
    return (0...(whole.count - part.count)).contains { whole[$0...].starts(with: part) }
}

extension LogEntry {
    /// With numbers masked: those of the people who talk wherever they are, others where they are all of a value.
    func masked(hiding numbers: [String]) -> LogEntry {
        LogEntry(
            fields: fields.map { field in
                let isNumber =
                    field.value.utf8.first == UInt8(ascii: "+") && value(of: field.value, as: .phone) != nil
                return Field(
                    name: field.name,
                    value: isNumber
                        ? maskedNumber(field.value) : FlowRuntime.masked(field.value, hiding: numbers))
            })
    }
}
