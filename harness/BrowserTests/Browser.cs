using Microsoft.Playwright;
using Pmip.Reference.Tests.Node;
using Xunit;

namespace Conformance.Harness.BrowserTests;

/// <summary>The Chromium of Debian, without a window.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async ValueTask InitializeAsync()
    {
        var program = DebianProgram.Require("chromium", "chromium");
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox"] });
    }

    /// <summary>Opens a file in a page of its own.</summary>
    /// <param name="width">Of the page, in CSS pixels.</param>
    public async Task<OpenedPage> Open(string file, int width = 1280, ColorScheme scheme = ColorScheme.Light, string fragment = "")
    {
        var context = await _chromium!.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = 900 },
                ColorScheme = scheme,
            }
        );
        var opened = new OpenedPage(await context.NewPageAsync());
        await opened.Page.GotoAsync(new Uri(file).AbsoluteUri + fragment);
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await (_chromium?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }
}
