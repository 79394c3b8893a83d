package import FlowRuntime

extension MenuFlow {
    /// What the provider sends with a key, 28 parameters, or with the call, in the order of their names' bytes.
    ///
    /// - Parameter key: empty for the call.
    package static func pairs(sid: String, key: String) -> [(String, String)] {
        let digits = key.isEmpty ? [] : [("Digits", key)]
        let finishedOn = key.isEmpty ? [] : [("FinishedOnKey", "")]
        return [
            ("AccountSid", "AC00000000000000000000000000000001"), ("ApiVersion", "2010-04-01"),
            ("CallSid", sid), ("CallStatus", key.isEmpty ? "ringing" : "in-progress"),
            ("CallToken", "eyJwYXJlbnRDYWxsSW5mb1Rva2VuIjoiZXlKaGJHY2lPaUpGVXpJMU5pSjkifQ"),
            ("Called", "+15555550101"), ("CalledCity", "SPRINGFIELD"), ("CalledCountry", "US"),
            ("CalledState", "IL"), ("CalledZip", "62701"), ("Caller", "+15555550100"),
            ("CallerCity", "SPRINGFIELD"), ("CallerCountry", "US"), ("CallerState", "IL"),
            ("CallerZip", "62702"),
        ] + digits + [("Direction", "inbound")] + finishedOn + [
            ("From", "+15555550100"), ("FromCity", "SPRINGFIELD"), ("FromCountry", "US"),
            ("FromState", "IL"), ("FromZip", "62702"), ("To", "+15555550101"), ("ToCity", "SPRINGFIELD"),
            ("ToCountry", "US"), ("ToState", "IL"), ("ToZip", "62701"),
        ]
    }

    package static func parameters(sid: String, key: String) -> Parameters {
        Parameters(pairs(sid: sid, key: key))
    }
}
