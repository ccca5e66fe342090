using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Statements;
using Conformance.Testing.Statements;

namespace Conformance.Harness.Tests.Cli;

/// <summary>A features directory with a scenario for each verdict that the reference can get, and a directory for runs.</summary>
internal sealed class SmallSuite : IDisposable
{
    public const string Passing = "TC-LMA-REG-BI-01";
    public const string Failing = "TC-LMA-REG-BI-02";
    public const string Inconclusive = "TC-LMA-REG-BI-03";
    public const string Outline = "TC-LMA-REG-BI-04";

    private const string Feature = """
        Feature: A small suite (RFC 5213, Section 5.3.1)

          @TC-LMA-REG-BI-01 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k13
          Scenario: A registration without a Handoff Indicator is rejected
            Given MN1 has no mobility session
            When MAG1 registers MN1 with no Handoff Indicator
            Then the LMA rejects it with status 161 MISSING_HANDOFF_INDICATOR_OPTION

          @TC-LMA-REG-BI-02 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k12
          Scenario: A registration that lacks nothing is rejected
            Given MN1 has no mobility session
            When MAG1 registers MN1
            Then the LMA rejects it with status 158 MISSING_HOME_NETWORK_PREFIX_OPTION

          @TC-LMA-REG-BI-03 @LMA @MUST @config:lma-baseline @rfc5213-5.3.1-k14
          Scenario: A mobile node that nobody knows is registered first
            Given MN1 is an unknown mobile node
            And MN1 is registered at MAG1
            When MAG1 registers MN1 with no Access Technology Type
            Then the LMA rejects it with status 162 MISSING_ACCESS_TECH_TYPE_OPTION

          @TC-LMA-REG-BI-04 @LMA @SHOULD @config:lma-baseline @rfc5213-5.3.6-k6
          Scenario Outline: A registration without <option> is rejected
            When MAG1 registers MN1 with no <option>
            Then the LMA rejects it with status <status>

            Examples:
              | id | option              | status                                 |
              | a  | Home Network Prefix | 158 MISSING_HOME_NETWORK_PREFIX_OPTION |
              | b  | Handoff Indicator   | 161 MISSING_HANDOFF_INDICATOR_OPTION   |
        """;

    private readonly TemporaryDirectory _directory = new();

    public SmallSuite()
    {
        WriteFeature("small.feature", Feature);
        WriteRegister("5.3.1", Registers.Row("rfc5213-5.3.1-k12"), Registers.Row("rfc5213-5.3.1-k13"), Registers.Row("rfc5213-5.3.1-k14"));
        WriteRegister("5.3.6", Registers.Row("rfc5213-5.3.6-k6"));
    }

    public string Features => Path.Combine(_directory.Path, "features");

    /// <summary>The directory of the next run, which does not exist yet.</summary>
    public string Out => Path.Combine(_directory.Path, "out");

    public void WriteFeature(string name, string text) => _directory.File($"features/{name}", text);

    public void WriteRegister(string section, params IEnumerable<string> rows) => WriteRegister(Edition.Rfc5213, section, rows);

    public void WriteRegister(Edition edition, string section, params IEnumerable<string> rows) =>
        _directory.File($"features/registers/{edition}/{section}.tsv", string.Join('\n', [Registers.Header, .. rows]));

    /// <summary>Removes all features and registers, so that a test can write different ones.</summary>
    public void RemoveAll()
    {
        Directory.Delete(Features, recursive: true);
        Directory.CreateDirectory(Features);
    }

    /// <returns>The path of the file.</returns>
    public string WriteSpecification(string name, string text) => _directory.File(name, text);

    /// <summary>Runs scenarios of the suite; the results replace those of an earlier run.</summary>
    public Outcome Run(params string[] options) => Shell.Run(["run", "--features", Features, "--out", Out, "--force", .. options]);

    public void Dispose() => _directory.Dispose();
}
