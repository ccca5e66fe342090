using System.Diagnostics;
using System.Text.Json;
using Conformance.Harness.Tests.Capture;
using FluentAssertions;
using Xunit;

namespace Conformance.Harness.Tests.Certification;

/// <summary>The script of the proformas, with a page of three fields that are no browser's.</summary>
public sealed class ProformaScriptTests : IDisposable
{
    /// <summary>Runs the script with the answers in a file, and writes what the page shows and what it would save.</summary>
    private const string Page = """
        const fs = require("fs");
        const [script, answers] = process.argv.slice(2);
        const field = (name, tagName) => ({ name, tagName, type: tagName === "SELECT" ? "select-one" : "text", value: "" });
        const fields = [field("Model", "INPUT"), field("ipv4", "SELECT"), field("constructor", "INPUT")];
        const listeners = {};
        const elements = {};
        const element = id => (elements[id] ??= { addEventListener: (kind, heard) => { listeners[id] = heard; }, textContent: "" });
        let saved;
        globalThis.document = {
          body: { dataset: { proforma: "ics", role: "LMA" } },
          getElementById: element,
          querySelectorAll: () => fields,
          createElement: () => ({ click() {} }),
        };
        globalThis.Blob = class { constructor(parts) { saved = JSON.parse(parts.join("")); } };
        globalThis.URL = { createObjectURL: () => "", revokeObjectURL() {} };
        new Function(fs.readFileSync(script, "utf8"))();
        (async () => {
          await listeners.load({ target: { files: [{ text: async () => fs.readFileSync(answers, "utf8") }] } });
          listeners.save();
          console.log(JSON.stringify({ status: elements.status.textContent, fields: fields.map(known => known.value), saved }));
        })();
        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void WhatIsNotAnswered_IsSavedAsNull()
    {
        var page = Read("""{"Model":"AR-7","ipv4":"no","constructor":null}""");

        page.GetProperty("status").GetString().Should().Be("The answers were read.");
        page.GetProperty("saved").GetProperty("answers").ToString().Should().Be("""{"Model":"AR-7","ipv4":"no","constructor":null}""");
    }

    [Fact]
    public void KeysThatAreUnknownOrMissing_AreNamed()
    {
        var page = Read("""{"Model":"AR-7","ipv6":"yes"}""");

        page.GetProperty("status")
            .GetString()
            .Should()
            .Be("The answers were read. Not in this proforma: ipv6. Not in the file: ipv4, constructor.");
        page.GetProperty("fields").ToString().Should().Be("""["AR-7","",""]""");
    }

    [Theory]
    [InlineData("""{"Model":7}""", "Model")]
    [InlineData("""{"ipv4":"perhaps"}""", "ipv4")]
    public void AnswersThatCannotBe_AreRefused_AndChangeNothing(string answers, string key)
    {
        var page = Read(answers);

        page.GetProperty("status").GetString().Should().StartWith("This file does not have the answers of this proforma").And.Contain(key);
        page.GetProperty("fields").ToString().Should().Be("""["","",""]""");
    }

    private JsonElement Read(string answers)
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "node"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(node is null, "needs the program node of Node.js");
        var script = Path.Combine(Repository.Root, "harness", "Reports", "Certification", "proforma.js");
        var kept = _directory.File("ics-lma.json", $$"""{"proforma":"ics","role":"LMA","answers":{{answers}}}""");
        using var process = Process.Start(
            new ProcessStartInfo(node!, [_directory.File("page.cjs", Page), script, kept]) { RedirectStandardOutput = true }
        )!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return JsonSerializer.Deserialize<JsonElement>(said);
    }
}
