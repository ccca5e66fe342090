using System.Globalization;
using System.Text;
using Conformance.Reports;
using Pmip.Linux;
using Spectre.Console;

namespace Conformance.Lab;

/// <summary>
/// Shows a lab on the full screen of a terminal: the state, the ladder below it, and at the bottom the last result and the keys.
/// </summary>
internal sealed class LiveLabView : ILabView
{
    private const int LinesKept = 1000;
    private const string OtherKeys = "  d detach  p ping  P keep pinging  a more or less  c clear  q end";
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private readonly Terminal _terminal;
    private readonly LabName _name;
    private readonly LabNodes _nodes;
    private readonly LadderDrawing _drawing;
    private readonly KernelTime _since;
    private readonly TerminalKeys _keys = new();
    private readonly string _linkKeys;
    private readonly List<LadderLine> _lines = [];
    private IReadOnlyList<string> _screen = [];
    private KernelTime _drawn;
    private string _said;
    private Detail _detail;
    private bool _isStale = true;
    private bool _isGone;

    public LiveLabView(Terminal terminal, LabName name, LabNodes nodes, LadderDrawing drawing, KernelTime since, bool all)
    {
        (_terminal, _name, _nodes, _drawing, _since, _detail) = (terminal, name, nodes, drawing, since, all ? Detail.All : Detail.Usual);
        _linkKeys = string.Join("  ", nodes.AccessLinks.Select(link => $"{LabNodes.KeyOf(link)} {link}"));
        _said =
            $"The lab is up. {nodes.Mobile} is on no link: press 1 to attach it, or type in another terminal: "
            + $"{Terminal.Product} lab attach {LabNodes.Typed(nodes.Mobile)} {nodes.AccessLinks[0]}";

        // Switch to the alternate screen and hide the cursor.
        Write("\e[?1049h\e[?25l\e[2J");
    }

    public IEnumerable<IReadable> Sources => [_keys];

    public KernelTime? Due => _drawn + (_isStale ? _shortest : _longest);

    public void Show(LadderLine line)
    {
        _lines.Add(line);
        if (_lines.Count > LinesKept)
        {
            _lines.RemoveRange(0, _lines.Count - LinesKept);
        }

        _isStale = true;
    }

    public void Say(string text)
    {
        _said = text;
        _isStale = true;
    }

    public IEnumerable<LabWish> TakeWishes()
    {
        var pressed = _isGone ? null : _keys.Take();
        return pressed is null ? [new LabWish.End()] : pressed.Select(WishOf).OfType<LabWish>();
    }

    public void Refresh(LabDomain domain, KernelTime now)
    {
        if (Due > now)
        {
            return;
        }

        (_drawn, _isStale) = (now, false);
        var (width, height) = (Math.Max(40, _terminal.Console.Profile.Width), Math.Max(10, _terminal.Console.Profile.Height));
        Draw(Compose(domain, now, width, height), width, height);
    }

    public void Dispose()
    {
        Write("\e[?25h\e[?1049l");
        _keys.Dispose();
    }

    private LabWish? WishOf(char key)
    {
        if (_nodes.AccessLinks.FirstOrDefault(link => LabNodes.KeyOf(link) == key) is { } pressed)
        {
            return new LabWish.Move(pressed);
        }

        switch (key)
        {
            case 'd':
                return new LabWish.Move(null);
            case 'p':
                return new LabWish.Echo();
            case 'P':
                return new LabWish.ManyEchoes();
            case 'q':
                return new LabWish.End();
            case 'a':
                _detail = _detail == Detail.All ? Detail.Signalling : _detail + 1;
                Say(
                    _detail switch
                    {
                        Detail.Signalling => "The ladder hides packets between mobile node and correspondent node.",
                        Detail.Usual => "The ladder hides Neighbor Discovery, multicast listener messages and the nodes' logs.",
                        _ => "The ladder shows everything.",
                    }
                );
                return null;
            case 'c':
                _lines.Clear();
                _isStale = true;
                return null;
            default:
                return null;
        }
    }

    private List<string> Compose(LabDomain domain, KernelTime now, int width, int height)
    {
        var up = (now - _since).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);
        var rows = new List<string>
        {
            Line(
                $" {_name.Prefix}  up {up}   ip netns exec {domain.NamespaceOf(_nodes.Mobile)} …",
                new Style(Color.Black, Color.Grey),
                width
            ),
        };
        rows.AddRange(
            new LabFacts(domain).Lines(now, width, colors: false).Take(height / 2).Select(line => Line(line, Style.Plain, width))
        );
        rows.Add(Line(_drawing.Header, new Style(decoration: Decoration.Bold), width));
        var room = Math.Max(1, height - rows.Count - 2);
        var shown = _lines.Where(IsShown).TakeLast(room).Select(line => LadderPaint.Line(_drawing, line, width, colors: true)).ToList();
        rows.AddRange(shown);
        rows.AddRange(Enumerable.Repeat(string.Empty, room - shown.Count));
        rows.Add(Line($" {_said}", new Style(decoration: Decoration.Bold), width));
        rows.Add(
            Line(
                width < $" {_linkKeys}{OtherKeys}".Length
                    ? $" {string.Join(' ', _nodes.AccessLinks.Select(LabNodes.KeyOf))} link{OtherKeys}"
                    : $" {_linkKeys}{OtherKeys}",
                new Style(Color.Black, Color.Grey),
                width
            )
        );
        return rows;
    }

    private bool IsShown(LadderLine line) =>
        line.Kind switch
        {
            LineKind.Quiet => _detail == Detail.All,
            LineKind.Data => _detail != Detail.Signalling,
            _ => true,
        };

    private static string Line(string text, Style style, int width)
    {
        var cut = text.Length > width ? text[..width] : text.PadRight(style.Background == Color.Default ? 0 : width);
        return LadderPaint.Lines(new Paragraph(cut, style), width, colors: true)[0];
    }

    /// <summary>Writes the changed rows.</summary>
    private void Draw(List<string> rows, int width, int height)
    {
        rows.RemoveRange(Math.Min(rows.Count, height), Math.Max(0, rows.Count - height));
        var changes = new StringBuilder();
        string size = string.Create(CultureInfo.InvariantCulture, $"{width} {height}");
        if (_screen.Count != rows.Count + 1 || _screen[^1] != size)
        {
            changes.Append("\e[2J");
            _screen = [];
        }

        for (var i = 0; i < rows.Count; i++)
        {
            if (i >= _screen.Count || _screen[i] != rows[i])
            {
                changes.Append(CultureInfo.InvariantCulture, $"\e[{i + 1};1H{rows[i]}\e[0m\e[K");
            }
        }

        _screen = [.. rows, size];
        Write(changes.ToString());
    }

    private void Write(string text)
    {
        try
        {
            _terminal.Console.Profile.Out.Writer.Write(text);
            _terminal.Console.Profile.Out.Writer.Flush();
        }
        catch (IOException)
        {
            _isGone = true;
        }
    }

    /// <summary>The level of detail of the ladder.</summary>
    private enum Detail
    {
        Signalling,
        Usual,
        All,
    }
}
