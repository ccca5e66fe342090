using System.Globalization;
using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Verdicts;
using Deque.AxeCore.Playwright;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Conformance.Harness.BrowserTests;

/// <summary>The report as its readers use it.</summary>
public sealed class ReportTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const int Phone = 400;

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task Report_SaysNothingOnTheConsole_AndAsksForNothing()
    {
        await using var opened = await Open(Runs.Complete());

        await OpenAll(opened.Page);

        opened.Faults.Should().BeEmpty();
        await Expect(opened.Page.Locator(".conclusion")).ToContainTextAsync("1 failure among 3 selected");
    }

    [Fact]
    public async Task FromStatementToOctet_AreThreeClicks()
    {
        await using var opened = await Open(Runs.Complete());
        var page = opened.Page;

        await page.Locator(".matrix a.scenario.fail", new() { HasText = Runs.Failing }).ClickAsync();
        var scenario = page.Locator($"details#{Runs.Failing}");
        await Expect(scenario.Locator(".body")).ToBeVisibleAsync();
        await scenario.GetByRole(AriaRole.Link, new() { Name = "packet 2, octet 60" }).First.ClickAsync();

        await Expect(scenario.Locator("table.fields tr.v").First).ToBeInViewportAsync();
        await Expect(scenario.Locator("table.fields tr.v").First.Locator("td").Last).Not.ToBeEmptyAsync();
    }

    [Fact]
    public async Task Address_LeadsToAPacket()
    {
        await using var opened = await Open(Runs.Complete(), fragment: $"#{Runs.Failing}-p2");

        await Expect(opened.Page.Locator($"#{Runs.Failing}-p2 table.fields")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task ChosenScenarios_StandInTheAddress()
    {
        await using var opened = await Open(Runs.Complete());
        var page = opened.Page;

        await page.GetByLabel("Verdict").SelectOptionAsync("fail");
        await Expect(page.Locator("details.scenario:visible")).ToHaveCountAsync(1);
        await Expect(page.Locator("#filter output")).ToHaveTextAsync("1 of 3");
        await page.ReloadAsync();
        await Expect(page.Locator("details.scenario:visible")).ToHaveCountAsync(1);
        await page.GetByLabel("Text").FillAsync("nothing has this title");
        await Expect(page.Locator("details.scenario:visible")).ToHaveCountAsync(0);

        page.Url.Should().EndWith("#?fail&q=nothing%20has%20this%20title");
    }

    [Fact]
    public async Task Print_ShowsEveryStatement()
    {
        await using var opened = await Open(Runs.Complete());
        var statements = opened.Page.Locator(".matrix tbody tr");
        (await statements.Last.IsVisibleAsync()).Should().BeFalse("a section without failure stands closed");

        await opened.Page.PdfAsync();

        foreach (var statement in await statements.AllAsync())
        {
            await Expect(statement).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task Report_FitsAPhone()
    {
        var reason = $"expected one word, got {new string('X', Phone)}";
        await using var opened = await Open(Runs.Complete() with { Results = [Runs.Pass(), Runs.Fail() with { Reason = reason }] }, Phone);

        await OpenAll(opened.Page);

        (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().Be(Phone);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Report_IsAccessible(ColorScheme scheme)
    {
        await using var opened = await Open(Runs.Complete(), scheme: scheme);

        await OpenAll(opened.Page);

        (await opened.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}").Should().BeEmpty();
    }

    [Fact]
    public async Task RunWithoutScenarios_HasAReport()
    {
        await using var opened = await Open(Runs.Complete() with { Planned = [], Results = [] });

        await Expect(opened.Page.Locator(".conclusion")).ToBeVisibleAsync();
        opened.Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task RunWithErrorsOnly_SaysThatNothingWasTested()
    {
        var errors = Runs.Planned()
            .Where(scenario => scenario.Selection == Selection.Selected)
            .Select(scenario => Runs.Undecided() with { Scenario = scenario.Id, Verdict = Verdict.Error, Reason = "the bed was lost" });
        await using var opened = await Open(Runs.Complete() with { Results = [.. errors] });

        await Expect(opened.Page.Locator(".conclusion")).ToContainTextAsync("nothing was tested");
        await Expect(opened.Page.GetByRole(AriaRole.Heading, new() { Name = "3 errors" })).ToBeVisibleAsync();
        await Expect(opened.Page.Locator("details.scenario[data-words~=error]")).ToHaveCountAsync(3);
        await Expect(opened.Page.Locator(".pill.pass, .card.fail")).ToHaveCountAsync(0);
        opened.Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task ASourceDocument_LeadsToItsSections()
    {
        await using var opened = await Open(Runs.Complete());
        var source = opened.Page.Locator(".sources tr", new() { HasText = "RFC 5844" });

        await source.Locator("summary").First.ClickAsync();
        await source.GetByRole(AriaRole.Link, new() { Name = "3.1", Exact = true }).ClickAsync();

        await Expect(opened.Page.Locator("[id='s-rfc5844-3.1-k1']")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task LargeRun_IsSearchedByText()
    {
        const int Count = 10_000;
        var planned = Enumerable.Range(1, Count).Select(Planned).ToList();
        var run = Runs.Complete() with
        {
            Planned = planned,
            Results = [.. planned.Select(scenario => Runs.Pass() with { Scenario = scenario.Id })],
        };
        await using var opened = await Open(run);

        await Expect(opened.Page.Locator("#filter output")).ToHaveTextAsync($"{Count} of {Count}");
        await opened.Page.GetByLabel("Text").FillAsync("number 4711");

        await Expect(opened.Page.Locator("#filter output")).ToHaveTextAsync($"1 of {Count}");
        opened.Faults.Should().BeEmpty();
    }

    public void Dispose() => _directory.Dispose();

    private static PlannedScenario Planned(int number) =>
        Runs.Scenario(
            string.Create(CultureInfo.InvariantCulture, $"TC-LMA-REG-BV-{number}"),
            string.Create(CultureInfo.InvariantCulture, $"Registration number {number}"),
            "MUST",
            Selection.Selected,
            null
        );

    private static async Task OpenAll(IPage page)
    {
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        foreach (var body in await page.Locator("details.scenario .body").AllAsync())
        {
            await Expect(body).Not.ToBeEmptyAsync();
        }
    }

    private async Task<OpenedPage> Open(Run run, int width = 1280, ColorScheme scheme = ColorScheme.Light, string fragment = "")
    {
        Runs.WriteCaptures(_directory.Path);
        var html = HtmlReport.Create(run, Runs.Register(), _directory.Path);
        return await browser.Open(_directory.File(HtmlReport.FileName, html), width, scheme, fragment);
    }
}
