using Microsoft.Playwright;

namespace Conformance.Harness.BrowserTests;

/// <summary>A page, and what it did that a report never does.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    private readonly List<string> _faults = [];

    public OpenedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _faults.Add($"console: {message.Text}");
        page.PageError += (_, error) => _faults.Add($"error: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal))
            {
                _faults.Add($"request: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Messages on the console, errors of scripts, and requests to anywhere.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
