import FlowProgram
import FlowRuntime

/// Where a path leads.
enum Route: Sendable {
    /// `/health`
    case health
    /// `/voice/{flow}`, `/voice/{flow}/{n.w}` and `/sms/{flow}`; in calls with the parent's `/{CallSid}/{n.w.i}` before the position for
    /// what is heard beside it.
    case turn(Channel, flow: ArraySlice<UInt8>, SideAddress?, Position?)
    /// `/status/{flow}`: of a call or of a message.
    case status(flow: ArraySlice<UInt8>)
    /// `/fallback/{flow}`: of a call or of a message.
    case fallback(flow: ArraySlice<UInt8>)
    /// `/recording/{flow}`, `/transcription/{flow}` and `/message/{flow}`: what is told later.
    case notice(NoticeKind, flow: ArraySlice<UInt8>)
    /// `/assignment/{flow}`: what TaskRouter asks when it has found a worker.
    case assignment(flow: ArraySlice<UInt8>)
    /// `/start/{flow}`
    case start(flow: ArraySlice<UInt8>)

    init?(path: ArraySlice<UInt8>) {
        let parts = path.split(
            separator: UInt8(ascii: "/"), maxSplits: 6, omittingEmptySubsequences: false)
        guard (2...6).contains(parts.count), parts[0].isEmpty else { return nil }
        if parts.count == 2 {
            guard parts[1].elementsEqual("health".utf8) else { return nil }
            self = .health
            return
        }
        let flow = parts[2]
        guard !flow.isEmpty, flow.allSatisfy(isNameByte) else { return nil }
        if parts.count > 4 {
            guard parts[1].elementsEqual("voice".utf8), isSid(parts[3], "CA"),
                let side = SideAddress(call: parts[3], parts[4])
            else { return nil }
            var position: Position?
            if parts.count == 6 {
                position = Position(parts[5])
                guard position != nil else { return nil }
            }
            self = .turn(.voice, flow: flow, side, position)
        } else if parts.count == 4 {
            guard parts[1].elementsEqual("voice".utf8), let position = Position(parts[3]) else { return nil }
            self = .turn(.voice, flow: flow, nil, position)
        } else if parts[1].elementsEqual("voice".utf8) {
            self = .turn(.voice, flow: flow, nil, nil)
        } else if parts[1].elementsEqual("sms".utf8) {
            self = .turn(.sms, flow: flow, nil, nil)
        } else if parts[1].elementsEqual("status".utf8) {
            self = .status(flow: flow)
        } else if parts[1].elementsEqual("fallback".utf8) {
            self = .fallback(flow: flow)
        } else if parts[1].elementsEqual("assignment".utf8) {
            self = .assignment(flow: flow)
        } else if parts[1].elementsEqual("start".utf8) {
            self = .start(flow: flow)
        } else if let kind = NoticeKind.told.first(where: { parts[1].elementsEqual($0.path.utf8) }) {
            self = .notice(kind, flow: flow)
        } else {
            return nil
        }
    }

    var flow: ArraySlice<UInt8> {
        switch self {
        case .health: []
        case .turn(_, let flow, _, _), .status(let flow), .fallback(let flow), .notice(_, let flow),
            .assignment(let flow), .start(let flow):
            flow
        }
    }

    var position: Position? {
        if case .turn(_, _, _, let position) = self { position } else { nil }
    }

    var side: SideAddress? {
        if case .turn(_, _, let side, _) = self { side } else { nil }
    }

    var purpose: Conversation.Purpose {
        switch self {
        case .health, .turn, .start, .notice(.hangup, _), .notice(.expired, _): .turn
        case .notice(.recording, _): .recording
        case .notice(.transcription, _): .transcription
        case .notice(.messageStatus, _): .messageStatus
        case .status: .status
        case .fallback: .fallback
        case .assignment: .assignment
        }
    }

    /// One status or fallback URL serves both channels: what is reported tells which.
    func channel(_ parameters: Parameters) -> Channel {
        switch self {
        case .turn(let channel, _, _, _): channel
        case .notice(let kind, _): kind == .messageStatus ? .sms : .voice
        case .assignment: .voice
        case .status, .fallback, .health, .start:
            if parameters.value("CallSid") == nil, parameters.value("MessageSid") != nil {
                .sms
            } else {
                .voice
            }
        }
    }
}

extension NoticeKind {
    /// Those that have a URL of their own.
    fileprivate static let told: [NoticeKind] = [.recording, .transcription, .messageStatus]
}

/// The conversation that sent a message, by the query of the message's callback; nil if that says nothing.
func sendingPlace(_ query: FormBytes) throws(Refusal) -> (channel: Channel, place: [[UInt8]])? {
    if let call = query.value("call") {
        guard isSid(call, "CA") else { throw .malformed("call isn't a CallSid") }
        return (.voice, [Array(call)])
    }
    guard let from = query.value("from"), let to = query.value("to") else { return nil }
    return (.sms, [Array(from), Array(to)])
}

/// The query parameter `run`, empty if left out.
func runName(_ query: FormBytes) throws(Refusal) -> [UInt8] {
    guard let name = query.value("run") else { return [] }
    guard name.count <= RequestLimits.runNameBytes, name.allSatisfy(isNameByte) else {
        throw .malformed("run is at most 32 of a-z, 0-9 and -")
    }
    return Array(name)
}

/// Where a call was when the provider couldn't go on, by the URL that failed: `…/voice/{flow}/{n.w}?run=NAME`. nil for a URL of another
/// flow, of one that is heard beside a call, and of a call's beginning.
func failedPlace(_ url: ArraySlice<UInt8>, flow: ArraySlice<UInt8>) -> (position: Position, run: [UInt8])? {
    let target = RequestTarget(Array(url.prefix { $0 != UInt8(ascii: "#") }))
    // A proxy may have taken a part of the path away.
    let names = target.path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard names.count >= 3, let start = names.suffix(3).first?.startIndex, start > target.path.startIndex,
        case .turn(.voice, flow: let failed, nil, let position?)? = Route(path: target.path[(start - 1)...]),
        failed.elementsEqual(flow), let query = try? FormBytes(decoding: target.query),
        let run = try? runName(query)
    else { return nil }
    return (position, run)
}
