import FlowProgram

extension Conversation {
    /// A request that names a flow and a session.
    struct Visit {
        var request: Request
        /// The flow's present program.
        var entry: Deployment.Entry
        var key: SessionKey
        /// The CallSid or the MessageSid.
        var sid: [UInt8]
        /// Milliseconds since 1970: the one clock of the turn.
        var now: Int64
        var callIsOver: Bool

        init(
            request: Request, entry: Deployment.Entry, key: SessionKey, sid: [UInt8], now: Int64
        ) {
            self.request = request
            self.entry = entry
            self.key = key
            self.sid = sid
            self.now = now
            callIsOver = request.channel == .voice && request.parameters.callIsOver
        }

        /// A request that was kept, as it was when it came; nil for a key that no release wrote.
        init?(_ kept: KeptRequest, _ key: SessionKey, _ entry: Deployment.Entry) {
            guard let parts = key.parts else { return nil }
            self.init(
                request: Request(
                    channel: parts.channel, flow: parts.flow, position: kept.position, side: kept.side,
                    run: parts.run, purpose: kept.purpose, parameters: kept.parameters,
                    fingerprint: kept.fingerprint),
                entry: entry, key: key, sid: kept.sid, now: kept.now)
        }

        /// For a row.
        var kept: KeptRequest {
            KeptRequest(
                purpose: request.purpose, position: request.position, side: request.side,
                parameters: request.parameters,
                fingerprint: request.fingerprint, sid: sid, now: now)
        }
    }

    enum Admission {
        case admitted(Visit)
        case refused(Answer)
    }

    /// Which session a request is about.
    private struct Address {
        var key: SessionKey
        /// The CallSid or the MessageSid.
        var sid: [UInt8]
    }

    private struct Malformed: Error {
        var reason: String
    }

    /// Finds flow and session of a request, or what it lacks.
    func admit(_ request: Request) -> Admission {
        let hasBegun = request.position != nil || request.purpose != .turn
        guard
            let entry = deployments.entry(
                flow: request.flow, channel: request.channel, hasBegun: hasBegun)
        else { return .refused(.unknownFlow) }
        do {
            return .admitted(visit(request, entry, try address(of: request)))
        } catch {
            return .refused(.badRequest(error.reason))
        }
    }

    /// As the other one. A flow that isn't deployed any more is found by the conversations that began with it.
    func admitBegun(_ request: Request) async -> Admission {
        let admission = admit(request)
        guard case .refused(.unknownFlow) = admission else { return admission }
        do {
            let address = try address(of: request)
            guard let session = try await read(address.key).row.session,
                session.goesOn(with: request, sid: address.sid),
                let entry = deployments.entry(hash: session.programHash)
            else { return admission }
            return .admitted(visit(request, entry, address))
        } catch is SessionCodingFault {
            return admission
        } catch is Malformed {
            return admission
        } catch {
            return .refused(.busy)
        }
    }

    private func visit(_ request: Request, _ entry: Deployment.Entry, _ address: Address) -> Visit {
        Visit(request: request, entry: entry, key: address.key, sid: address.sid, now: clock.now())
    }

    private func address(of request: Request) throws(Malformed) -> Address {
        guard request.run.isRunName else { throw Malformed(reason: "run: at most 32 of a-z, 0-9 and -") }
        let parameters = request.parameters
        let account = parameters.value("AccountSid") ?? []
        guard account.isEmpty || account.isSid else { throw Malformed(reason: "AccountSid is malformed") }
        let sid: ArraySlice<UInt8>
        let place: [ArraySlice<UInt8>]
        switch request.channel {
        case _ where request.purpose == .messageStatus:
            guard let message = parameters.value("MessageSid"), message.isSid else {
                throw Malformed(reason: "MessageSid is missing or malformed")
            }
            sid = message
            if let known = request.place {
                place = known.map { $0[...] }
                break
            }
            // The person got the message: the conversation is the other way round.
            guard let from = parameters.value("From"), from.isAddress, let to = parameters.value("To"),
                to.isAddress
            else { throw Malformed(reason: "From or To is missing or too long") }
            place = [to, from]
        case .voice:
            guard let call = parameters.value("CallSid"), call.isSid else {
                throw Malformed(reason: "CallSid is missing or malformed")
            }
            sid = call
            if let side = request.side {
                guard side.call[...].isSid else {
                    throw Malformed(reason: "the parent's CallSid is malformed")
                }
                place = side.place(of: call)
            } else {
                place = [call]
            }
        case .sms:
            guard let message = parameters.value("MessageSid"), message.isSid else {
                throw Malformed(reason: "MessageSid is missing or malformed")
            }
            guard let from = parameters.value("From"), from.isAddress, let to = parameters.value("To"),
                to.isAddress
            else { throw Malformed(reason: "From or To is missing or too long") }
            (sid, place) = (message, [from, to])
        }
        return Address(
            key: SessionKey(
                channel: request.channel, account: account, place: place, flow: request.flow,
                run: request.run
            ),
            sid: Array(sid))
    }
}

extension Session {
    /// Whether a request is about what has begun: a text conversation that is over goes on with repeats only.
    fileprivate func goesOn(with request: Conversation.Request, sid: [UInt8]) -> Bool {
        request.channel == .voice || request.purpose != .turn || status == .open
            || messages.contains { $0.sid == sid }
    }
}

extension SideAddress {
    /// Of the session that a leg of a call has here (turn.md rule 1).
    func place(of leg: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var bytes: [UInt8] = []
        bytes.append(decimal: position.turn)
        bytes.append(UInt8(ascii: "."))
        bytes.append(decimal: position.wait)
        return [leg, call[...], bytes[...]]
    }
}

extension Conversation.Visit {
    /// The key of another session of this flow and account.
    func key(place: [ArraySlice<UInt8>]) -> SessionKey {
        SessionKey(
            channel: request.channel, account: request.parameters.value("AccountSid") ?? [], place: place,
            flow: request.flow, run: request.run)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var isSid: Bool {
        (1...Limits.sidBytes).contains(count)
            && allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            }
    }

    fileprivate var isAddress: Bool { (1...Limits.keyPartBytes).contains(count) }
}

extension [UInt8] {
    fileprivate var isRunName: Bool {
        count <= Limits.runBytes
            && allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}
