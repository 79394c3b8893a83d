package import FlowProgram

/// Where the positions of a document lie: `{base}/voice/{flow}/{n.w}[?run=NAME]{overrides}`, as XML attribute text. Those of a side have
/// the parent's `CallSid/n.w.i/` before `n.w`. Where is told of things later: `{base}/recording/{flow}[?run=NAME]{overrides}`.
package struct DocumentAddress: Sendable {
    /// Scheme, host, path and `/`, escaped.
    package var root: [UInt8]
    /// The flow's name, percent-encoded.
    package var flow: [UInt8]
    /// The CallSid.
    package var call: [UInt8]
    package var side: SideAddress?
    package var turn: Int
    /// The name of a second entrance into the flow, or nothing.
    package var run: [UInt8]
    /// The provider's connection overrides, escaped.
    package var overrides: [UInt8]
    /// Whether the URL of each wait says how long the provider waits for its answer, behind the overrides.
    package var hasTimeouts: Bool

    package init(
        root: [UInt8], flow: [UInt8], call: [UInt8] = [], side: SideAddress? = nil, turn: Int,
        run: [UInt8] = [], overrides: [UInt8] = [], hasTimeouts: Bool = false
    ) {
        self.hasTimeouts = hasTimeouts
        self.root = root
        self.flow = flow
        self.call = call
        self.side = side
        self.turn = turn
        self.run = run
        self.overrides = overrides
    }

    func append(_ slot: Slot, to document: inout [UInt8]) {
        document.append(contentsOf: root)
        document.append(contentsOf: "voice/".utf8)
        document.append(contentsOf: flow)
        if let side { append(side, to: &document) }
        append(Position(turn: turn, wait: slot.wait), to: &document)
        appendQuery(to: &document)
        if hasTimeouts, slot.seconds > 0 {
            document.append(contentsOf: "&amp;rt=".utf8)
            document.append(decimal: slot.seconds * 1_000)
        }
    }

    /// Where a flow begins that is heard beside a wait of this document.
    func append(side index: Int, beside wait: Int, to document: inout [UInt8]) {
        append(
            start: SideAddress(call: call, position: Position(turn: turn, wait: wait), index: index),
            to: &document)
    }

    /// Where this document begins, if it is a side's.
    func appendStart(to document: inout [UInt8]) {
        if let side { append(start: side, to: &document) }
    }

    private func append(start side: SideAddress, to document: inout [UInt8]) {
        document.append(contentsOf: root)
        document.append(contentsOf: "voice/".utf8)
        document.append(contentsOf: flow)
        append(side, to: &document)
        appendQuery(to: &document)
    }

    private func append(_ side: SideAddress, to document: inout [UInt8]) {
        document.append(UInt8(ascii: "/"))
        document.append(contentsOf: side.call)
        append(side.position, to: &document)
        document.append(UInt8(ascii: "."))
        document.append(decimal: side.index)
    }

    private func append(_ position: Position, to document: inout [UInt8]) {
        document.append(UInt8(ascii: "/"))
        document.append(decimal: position.turn)
        document.append(UInt8(ascii: "."))
        document.append(decimal: position.wait)
    }

    func append(callback kind: NoticeKind, to document: inout [UInt8]) {
        document.append(contentsOf: root)
        document.append(contentsOf: kind.path.utf8)
        document.append(UInt8(ascii: "/"))
        document.append(contentsOf: flow)
        appendQuery(to: &document)
    }

    private func appendQuery(to document: inout [UInt8]) {
        if !run.isEmpty {
            document.append(contentsOf: "?run=".utf8)
            document.append(contentsOf: run)
        }
        document.append(contentsOf: overrides)
    }

    /// Bytes that a URL takes at most.
    var slotBytes: Int {
        root.count + flow.count + max(call.count, side?.call.count ?? 0) + run.count + overrides.count + 80
    }
}

extension NoticeKind {
    /// The first part of its URL's path.
    package var path: String {
        switch self {
        case .hangup, .expired: "status"
        case .recording: "recording"
        case .transcription: "transcription"
        case .messageStatus: "message"
        }
    }
}

/// The URL of a wait in a stored answer: the wait's number, and the seconds that its answer may take.
package struct Slot: Hashable, Sendable {
    /// Less than 16.
    package var wait: Int
    /// 0 in answers that were stored before this was: the provider's own bound.
    var seconds: Int

    init(wait: Int, seconds: Int) {
        self.wait = wait
        self.seconds = seconds
    }

    package init(code: Int) {
        self.init(wait: code & 15, seconds: code >> 4)
    }

    var code: Int { seconds << 4 | wait & 15 }
}
