import FlowProgram
import FlowRuntime
import Testing

@Suite struct DeploymentTests {
    private func problems(_ type: ValueType, _ value: String) -> [String] {
        var builder = ProgramBuilder()
        builder.config = [Program.ConfigItem(name: "key", type: type, defaultValue: nil)]
        builder.operations = [.finish(.hangup)]
        let file = ProgramFile.Entry(
            program: builder.program(), sourceMap: SourceMap(files: ["flows/test.yaml"], places: []))
        do {
            _ = try Deployment([file], environment: ["KEY": value])
            return []
        } catch {
            return error.problems
        }
    }

    @Test func `a setting that doesn't fit is shown`() {
        #expect(
            problems(.phone, "5550100") == ["config: KEY: '5550100' is no phone (flow 'test', config key)"])
    }

    @Test(arguments: [ValueType.secret, .optional(.secret)])
    func `a secret that doesn't fit isn't`(type: ValueType) {
        let said = problems(type, String(repeating: "s", count: 20_000))
        #expect(said == ["config: KEY: its value is no \(type.display) (flow 'test', config key)"])
    }
}
