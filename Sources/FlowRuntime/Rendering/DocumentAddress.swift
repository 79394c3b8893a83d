/// Where the positions of a document lie: `{base}/voice/{flow}/{n.w}[?run=NAME]{overrides}`, as XML attribute text.
package struct DocumentAddress: Sendable {
    /// Scheme, host, path and `/voice/`, escaped.
    package var root: [UInt8]
    /// The flow's name, percent-encoded.
    package var flow: [UInt8]
    package var turn: Int
    /// The name of a second entrance into the flow, or nothing.
    package var run: [UInt8]
    /// The provider's connection overrides, escaped.
    package var overrides: [UInt8]

    package init(root: [UInt8], flow: [UInt8], turn: Int, run: [UInt8] = [], overrides: [UInt8] = []) {
        self.root = root
        self.flow = flow
        self.turn = turn
        self.run = run
        self.overrides = overrides
    }

    func append(wait: Int, to document: inout [UInt8]) {
        document.append(contentsOf: root)
        document.append(contentsOf: flow)
        document.append(UInt8(ascii: "/"))
        document.append(decimal: turn)
        document.append(UInt8(ascii: "."))
        document.append(decimal: wait)
        if !run.isEmpty {
            document.append(contentsOf: "?run=".utf8)
            document.append(contentsOf: run)
        }
        document.append(contentsOf: overrides)
    }

    /// Bytes that a URL takes at most.
    var slotBytes: Int { root.count + flow.count + run.count + overrides.count + 32 }
}
