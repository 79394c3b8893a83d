import FlowProgram
import FlowRuntime

/// Identities are short words of a fixed shape. The signature has no delimiters, so that their shape is checked too.
func checkShape(_ parameters: Parameters, channel: Channel) throws(Refusal) {
    guard isSid(try single("AccountSid", parameters), "AC") else {
        throw .malformed("AccountSid is missing or isn't one")
    }
    switch channel {
    case .voice:
        guard isSid(try single("CallSid", parameters), "CA") else {
            throw .malformed("CallSid is missing or isn't one")
        }
    case .sms:
        let sid = try single("MessageSid", parameters)
        guard isSid(sid, "SM") || isSid(sid, "MM") else {
            throw .malformed("MessageSid is missing or isn't one")
        }
    }
    try checkStatus("CallStatus", parameters)
    try checkStatus("RecordingStatus", parameters)
    try checkStatus("TranscriptionStatus", parameters)
    try checkStatus("MessageStatus", parameters)
}

private func checkStatus(_ name: StaticString, _ parameters: Parameters) throws(Refusal) {
    guard let status = try single(name, parameters) else { return }
    guard (1...32).contains(status.count), status.allSatisfy(isStatusByte) else {
        throw .malformed("\(name) isn't a status")
    }
}

/// A new status may appear at any time, so that only its letters are judged.
private func isStatusByte(_ byte: UInt8) -> Bool {
    (byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")) || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "_")
}

/// A prefix and 32 hexadecimal digits.
func isSid(_ value: ArraySlice<UInt8>?, _ prefix: StaticString) -> Bool {
    guard let value, value.count == 34 else { return false }
    let wanted = UnsafeBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
    return value.starts(with: wanted) && value.dropFirst(2).allSatisfy { hexValue($0) != nil }
}

/// The value of a name that may come only once, or nil.
private func single(_ name: StaticString, _ parameters: Parameters) throws(Refusal) -> ArraySlice<UInt8>? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    var found: ArraySlice<UInt8>?
    for entry in parameters.entries
    where entry.name.count == wanted.count && parameters.bytes[entry.name].elementsEqual(wanted) {
        guard found == nil else { throw .malformed("\(name) came twice") }
        found = parameters.bytes[entry.value]
    }
    return found
}

/// TaskRouter tells of a call in the attributes of its task, as JSON: here they are in the words of a call's own requests.
///
/// Source: https://www.twilio.com/docs/taskrouter/handle-assignment-callbacks
func callParameters(ofTask parameters: Parameters) throws(Refusal) -> Parameters {
    let fields = jsonScalarFields(Array(try single("TaskAttributes", parameters) ?? []))
    var pairs: [(String, String)] = []
    for (name, attribute) in [
        ("CallSid", "call_sid"), ("From", "from"), ("To", "to"), ("Direction", "direction"),
    ] {
        if let value = fields[attribute] { pairs.append((name, value)) }
    }
    pairs.append(("AccountSid", parameters.text("AccountSid") ?? ""))
    return Parameters(pairs)
}
