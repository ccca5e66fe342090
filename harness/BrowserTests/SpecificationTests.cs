using Conformance.Harness.Tests.Capture;
using Conformance.Harness.Tests.Reports;
using Conformance.Reports.Html;
using Conformance.Testing.Statements;
using Deque.AxeCore.Playwright;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Conformance.Harness.BrowserTests;

/// <summary>A specification with results in its margin, beside the report.</summary>
public sealed class SpecificationTests(Browser browser) : IClassFixture<Browser>, IDisposable
{
    private const int Phone = 400;
    private const string Violated = "rfc5213-5.3.1-k13";

    private readonly TemporaryDirectory _directory = new();

    [Fact]
    public async Task AStatementInTheAddress_StandsOpen()
    {
        await using var opened = await Open(fragment: $"#{Violated}");

        await Expect(opened.Page.Locator("details.mark[open]")).ToHaveCountAsync(1);
        await Expect(opened.Page.Locator("details.mark[open]")).ToBeInViewportAsync();
        opened.Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task AMark_LeadsToItsScenarioInTheReport_AndTheReportLeadsBack()
    {
        await using var opened = await Open();
        var page = opened.Page;

        await page.Locator("details.mark", new() { HasText = "k13" }).Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = Runs.Failing }).ClickAsync();
        await Expect(page.Locator($"details#{Runs.Failing} .body")).ToBeVisibleAsync();
        await page.Locator($"tr[id='s-{Violated}'] td").First.GetByRole(AriaRole.Link).ClickAsync();

        await Expect(page.Locator("details.mark[open]")).ToHaveAttributeAsync("id", Violated);
        opened.Faults.Should().BeEmpty();
    }

    [Fact]
    public async Task Print_ShowsTheScenariosOfEveryStatement()
    {
        await using var opened = await Open();
        var scenario = opened.Page.Locator("a.scenario").First;
        await Expect(scenario).Not.ToBeVisibleAsync();

        await opened.Page.PdfAsync();

        await Expect(scenario).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task ThePage_FitsAPhone_AndIsAccessible(ColorScheme scheme)
    {
        await using var opened = await Open(Phone, scheme);

        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");

        (await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().Be(Phone);
        (await opened.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}").Should().BeEmpty();
    }

    public void Dispose() => _directory.Dispose();

    private async Task<OpenedPage> Open(int width = 1280, ColorScheme scheme = ColorScheme.Light, string fragment = "")
    {
        var register = Runs.Register();
        var text = string.Join(
            '\n',
            Enumerable.Range(1, 200).Select(line => $"   Line {line} of a gate that MUST be shut, painted and greased.")
        );
        StatementPlace[] places =
        [
            .. register
                .Statements.Where(statement => statement.Id.Edition == Edition.Rfc5213)
                .Select((statement, index) => new StatementPlace(statement.Id, 20 * (index + 1), index == 0)),
        ];
        Runs.WriteCaptures(_directory.Path);
        var page = _directory.File(
            SpecificationPage.FileNameOf(Edition.Rfc5213),
            SpecificationPage.Create(Runs.Complete(), register, Edition.Rfc5213, text, places)
        );
        _directory.File(HtmlReport.FileName, HtmlReport.Create(Runs.Complete(), register, _directory.Path));
        return await browser.Open(page, width, scheme, fragment);
    }
}
