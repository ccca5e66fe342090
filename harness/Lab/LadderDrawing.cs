using System.Globalization;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>Draws the ladder as text: the time, a column for each node, and a description of the message.</summary>
internal sealed class LadderDrawing
{
    public const int TimeWidth = 9;
    private const int Distance = 8;
    private const int First = TimeWidth + 4;

    private readonly LabNodes _nodes;
    private readonly KernelTime _origin;

    public LadderDrawing(LabNodes nodes, KernelTime origin)
    {
        (_nodes, _origin) = (nodes, origin);
        Header = DrawHeader();
    }

    public string Header { get; }

    /// <summary>The column in which the description begins.</summary>
    private int TextColumn => ColumnOf(_nodes.All[^1]) + 4;

    /// <summary>Draws time and columns, with the width of <see cref="TextColumn"/>.</summary>
    public string Draw(LadderLine line)
    {
        var row = LifeLines();
        foreach (var hop in line.Hops)
        {
            Draw(row, hop);
        }

        if (line.IsLost)
        {
            row[ColumnOf(line.Hops[^1].To ?? line.Hops[^1].From)] = '×';
        }

        if (line.Node is { } node)
        {
            row[ColumnOf(node)] = '■';
        }

        var time = (line.At - _origin).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(TimeWidth);
        return time + new string(row, TimeWidth, row.Length - TimeWidth);
    }

    private int ColumnOf(string node)
    {
        for (var i = 0; i < _nodes.All.Count; i++)
        {
            if (_nodes.All[i] == node)
            {
                return First + (i * Distance);
            }
        }

        throw new ArgumentException($"The ladder has no column for {node}.", nameof(node));
    }

    private char[] LifeLines()
    {
        var row = new string(' ', TextColumn).ToCharArray();
        foreach (var node in _nodes.All)
        {
            row[ColumnOf(node)] = '│';
        }

        return row;
    }

    private void Draw(char[] row, Hop hop)
    {
        var from = ColumnOf(hop.From);
        if (hop.To is null)
        {
            row[from] = '●';
            return;
        }

        var to = ColumnOf(hop.To);
        var step = Math.Sign(to - from);
        for (var at = from + step; at != to; at += step)
        {
            row[at] =
                row[at] == '│' ? (hop.IsTunnelled ? '╪' : '┼')
                : hop.IsTunnelled ? '═'
                : '─';
        }

        row[to - step] = step > 0 ? '→' : '←';

        // The packet continues from the node at which the previous hop ended.
        row[from] = (step > 0, hop.IsTunnelled) switch
        {
            (true, false) => '├',
            (true, true) => '╞',
            (false, false) => '┤',
            (false, true) => '╡',
        };
    }

    private string DrawHeader()
    {
        var row = new string(' ', TextColumn).ToCharArray();
        "seconds".CopyTo(0, row, TimeWidth - "seconds".Length, "seconds".Length);
        foreach (var node in _nodes.All)
        {
            node.CopyTo(0, row, ColumnOf(node) - (node.Length / 2), node.Length);
        }

        return new string(row) + "message";
    }
}
