using System.Diagnostics;
using Conformance.Harness.Tests.Cli;
using Conformance.Reports;
using Conformance.Testing.Verdicts;
using FluentAssertions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Conformance.Harness.Tests.CiTemplates;

/// <summary>The templates are YAML of the right structure, and their commands run, with the program of the build.</summary>
public sealed class CiTemplateTests : IDisposable
{
    private readonly SmallSuite _suite = new();
    private readonly string _directory;

    public CiTemplateTests()
    {
        _directory = Path.GetDirectoryName(_suite.Out)!;
        var program = Path.Combine(_directory, "bin", "pmip-conformance");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.WriteAllText(program, $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "pmip-conformance.dll")} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    private string Options => $"--features {_suite.Features} --tag {SmallSuite.Passing} {SmallSuite.Failing} {SmallSuite.Outline}";

    public void Dispose() => _suite.Dispose();

    [Fact]
    public void GithubAction_RunsAndCompares()
    {
        var action = Read("github/action.yml").Single();
        var steps = Items(At(action, "runs", "steps"));
        Text(action, "runs", "using").Should().Be("composite");
        foreach (var step in steps)
        {
            Keys(step).Should().ContainSingle(key => key == "run" || key == "uses");
            if (Keys(step).Contains("run"))
            {
                Text(step, "shell").Should().Be("bash", "a composite action must say so");
                Text(step, "run").Should().NotContain("${{", "an input in a script could be any command");
            }
        }

        var used = steps
            .Where(step => Keys(step).Contains("env"))
            .SelectMany(step => Entries(At(step, "env")).Select(entry => entry.Value))
            .Select(value => value.Replace("${{ inputs.", "", StringComparison.Ordinal).Replace(" }}", "", StringComparison.Ordinal));
        Keys(At(action, "inputs")).Should().Contain(used);
        Text(steps[^1], "with", "name").Should().Be("${{ inputs.artifact }}", "two uses in one workflow need two names");
        Text(action, "inputs", "artifact", "default").Should().Be("conformance");

        var summary = Path.Combine(_directory, "summary.md");
        string Script(string name) => Text(steps.Single(step => Keys(step).Contains("name") && Text(step, "name") == name), "run");
        Run("bash", Script("Test"), ("OPTIONS", Options), ("REQUIRE", ""), ("OUT", "base")).Should().Be(ExitCode.Failure);
        Run("bash", Script("Test"), ("OPTIONS", Options), ("REQUIRE", Require()), ("OUT", "new")).Should().Be(ExitCode.Success);
        Run("bash", Script("Compare"), ("BASELINE", "base"), ("OUT", "new"), ("GITHUB_STEP_SUMMARY", summary))
            .Should()
            .Be(ExitCode.Success);
        File.ReadAllText(summary).Should().StartWith("## Conformance: no difference");
        Run("bash", Script("Compare"), ("BASELINE", "nowhere"), ("OUT", "new"), ("GITHUB_STEP_SUMMARY", summary))
            .Should()
            .NotBe(ExitCode.Success);
    }

    [Fact]
    public void Gitlab_RunsShards_AndMergesThem()
    {
        var pipeline = Read("gitlab/conformance.gitlab-ci.yml").Single();
        var shard = At(pipeline, "conformance-shard");
        var total = Text(shard, "parallel");
        Text(shard, "extends").Should().Be(".pmip-conformance");
        Text(Items(At(pipeline, "conformance", "needs")).Single()).Should().Be("conformance-shard");
        Text(pipeline, "conformance", "artifacts", "reports", "junit").Should().Be("conformance/junit.xml");

        for (var index = 1; index <= int.Parse(total, System.Globalization.CultureInfo.InvariantCulture); index++)
        {
            Run(
                    "sh",
                    Text(Items(At(shard, "script")).Single()),
                    ("PMIP_OPTIONS", Options),
                    ("CI_NODE_INDEX", $"{index}"),
                    ("CI_NODE_TOTAL", total)
                )
                .Should()
                .Be(ExitCode.Success);
        }

        var merge = Text(Items(At(pipeline, "conformance", "script")).Single()) + $" --features {_suite.Features}";
        Run("bash", merge, ("PMIP_REQUIRE", Require())).Should().Be(ExitCode.Success);
        File.Exists(Path.Combine(_directory, "conformance", "junit.xml")).Should().BeTrue();
        RunJournal.Read(Path.Combine(_directory, "conformance")).Results.Should().HaveCount(4);
    }

    [Fact]
    public void Kubernetes_RunsShards_AndMergesThem()
    {
        var documents = Read("kubernetes/shards.yaml");
        var (claim, job, merge) = (documents[0], documents[1], Read("kubernetes/merge.yaml").Single());
        Text(job, "apiVersion").Should().Be("batch/v1");
        Text(job, "spec", "completionMode").Should().Be("Indexed");
        var container = Items(At(job, "spec", "template", "spec", "containers")).Single();
        var shards = Environment(container, "SHARDS");
        new[] { Text(job, "spec", "completions"), Text(job, "spec", "parallelism") }.Should().AllBe(shards);
        foreach (var pod in new[] { job, merge }.Select(one => At(one, "spec", "template", "spec")))
        {
            Text(pod, "restartPolicy").Should().Be("Never");
            Text(Items(At(pod, "volumes")).Single(), "persistentVolumeClaim", "claimName").Should().Be(Text(claim, "metadata", "name"));
            var one = Items(At(pod, "containers")).Single();
            Text(Items(At(one, "volumeMounts")).Single(), "mountPath").Should().Be(Environment(one, "RESULTS"));
            Items(At(one, "command")).Select(part => Text(part)).Should().Equal("/bin/sh", "-c");
        }

        // Of an earlier run with more shares.
        string[] stale = [Path.Combine(_directory, "shard-0", "old"), Path.Combine(_directory, "shard-4", "old")];
        stale.ToList().ForEach(directory => Directory.CreateDirectory(directory));
        for (var index = 0; index < int.Parse(shards, System.Globalization.CultureInfo.InvariantCulture); index++)
        {
            Run(
                    "sh",
                    Text(Items(At(container, "args")).Single()),
                    ("OPTIONS", Options),
                    ("SHARDS", shards),
                    ("RESULTS", _directory),
                    ("JOB_COMPLETION_INDEX", $"{index}")
                )
                .Should()
                .Be(ExitCode.Success);
        }

        stale.Should().NotContain(directory => Directory.Exists(directory));
        var script = Text(Items(At(Items(At(merge, "spec", "template", "spec", "containers")).Single(), "args")).Single()).TrimEnd();
        Run("sh", $"{script} --features {_suite.Features}", ("RESULTS", _directory)).Should().Be(ExitCode.Failure);
        RunJournal.Read(Path.Combine(_directory, "whole")).Results.Should().HaveCount(4);
    }

    [Fact]
    public void Containerlab_HasTheNodesOfTheDomainByHand_AndJoinsThem()
    {
        var file = Template("containerlab/lab.clab.yaml");
        var topology = At(Read("containerlab/lab.clab.yaml").Single(), "topology");
        var nodes = At(topology, "nodes");
        Text(topology, "defaults", "image").Should().Be("pmip-node:dev");
        Keys(nodes).Should().BeEquivalentTo("lma1", "mag1", "mag2", "mn1", "cn1", "pmip-core", "pmip-home", "pmip-link1", "pmip-link2");
        foreach (var node in new[] { "lma1", "mag1", "mag2" })
        {
            var bind = Text(Items(At(nodes, node, "binds")).Single()).Split(':')[0];
            File.Exists(Path.Combine(Path.GetDirectoryName(file)!, bind)).Should().BeTrue(bind);
            bind.Should().EndWith($"/{node}.json");
            Text(Items(At(nodes, node, "exec"))[^1]).Should().Be("sh -c \"echo >/run/pmip-start\"", "pmip-start waits for it");
        }

        var ends = Items(At(topology, "links")).Select(link => Items(At(link, "endpoints")).Select(end => Text(end)).ToList()).ToList();
        ends.Should().OnlyContain(link => link.Count == 2);
        ends.SelectMany(link => link).Should().OnlyHaveUniqueItems().And.OnlyContain(end => Keys(nodes).Contains(end.Split(':')[0]));
        ends.SelectMany(link => link).Should().OnlyContain(end => end.Split(':')[1].Length <= 15, "Linux has no longer names");
    }

    private static string Template(string name) => Path.Combine(Repository.Root, "harness", "CiTemplates", name);

    private static List<YamlNode> Read(string name)
    {
        using var reader = File.OpenText(Template(name));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. yaml.Documents.Select(document => document.RootNode)];
    }

    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (at, key) => at[key]);

    private static string Text(YamlNode node, params string[] path) => ((YamlScalarNode)At(node, path)).Value!;

    private static IReadOnlyList<YamlNode> Items(YamlNode node) => [.. ((YamlSequenceNode)node).Children];

    private static IEnumerable<(string Key, string Value)> Entries(YamlNode node) =>
        ((YamlMappingNode)node).Children.Select(child => (Text(child.Key), Text(child.Value)));

    private static List<string> Keys(YamlNode node) => [.. ((YamlMappingNode)node).Children.Keys.Select(key => Text(key))];

    private static string Environment(YamlNode container, string name) =>
        Text(Items(At(container, "env")).Single(variable => Text(variable, "name") == name), "value");

    private string Require()
    {
        var file = Path.Combine(_directory, "require.json");
        File.WriteAllText(file, $$"""{ "pass": ["{{SmallSuite.Passing}}"] }""");
        return file;
    }

    /// <summary>Runs a script as the CI system would, in a directory of its own.</summary>
    private int Run(string shell, string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(shell, ["-e", "-c", script])
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(_directory, "bin")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        TestContext.Current.TestOutputHelper?.WriteLine(error.Result);
        return process.ExitCode;
    }
}
