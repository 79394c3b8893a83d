import FlowProgram
public import FlowRuntime
public import Logging

extension Logger {
    /// Writes what a request came to: turns at debug, what went wrong at warning, the flow's own events at info.
    public func log(_ turn: TurnLog) {
        var fields: Metadata = [
            "flow": "\(turn.flow)", "channel": "\(turn.channel.rawValue)", "sid": "\(turn.sid)",
            "turn": "\(turn.turn)",
        ]
        if let state = turn.state { fields["state"] = "\(state)" }
        for entry in turn.entries {
            info("event", metadata: fields.merging(entry.metadata) { _, new in new })
        }
        for fetch in turn.failedFetches {
            warning("fetch failed", metadata: fields.merging(fetch.metadata) { _, new in new })
        }
        for place in turn.refusedSends {
            warning("send refused", metadata: fields.merging(["at": "\(place)"]) { _, new in new })
        }
        if let fault = turn.fault {
            fields["fault"] = "\(fault.reason)"
            if let location = fault.location { fields["at"] = "\(location)" }
            warning("fault", metadata: fields)
            return
        }
        switch turn.kind {
        case .turn, .repeat, .ended, .expired, .notice, .instruction, .sent:
            debug("\(turn.kind.rawValue)", metadata: fields)
        case .unsent:
            fields["reason"] = "\(turn.reason ?? "")"
            warning("message not sent", metadata: fields)
        case .conflict, .late, .sessionLost, .busy, .fallback:
            notice("\(turn.kind.rawValue)", metadata: fields)
        case .storeFailed: error("\(turn.kind.rawValue)", metadata: fields)
        }
    }
}

extension LogEntry {
    /// One line each: what callers said may be in it.
    package var metadata: Logger.Metadata {
        Dictionary(fields.map { ($0.name, .string(singleLine($0.value))) }) { first, _ in first }
    }
}

/// Control characters and line ends are written as escapes.
private func singleLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.reduce(into: "") { line, scalar in
        line += isControl(scalar) ? scalar.escaped(asASCII: true) : String(scalar)
    }
}

private func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
}

extension TurnLog.FailedFetch {
    fileprivate var metadata: Logger.Metadata {
        var fields: Logger.Metadata = ["reason": "\(reason)"]
        if let status { fields["status"] = "\(status)" }
        if let detail { fields["detail"] = "\(detail)" }
        if let location { fields["at"] = "\(location)" }
        return fields
    }
}
