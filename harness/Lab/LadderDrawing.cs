using System.Globalization;
using Pmip.Linux;

namespace Conformance.Lab;

/// <summary>Draws the ladder as text: the time, a column for each node, and a description of the message.</summary>
internal sealed class LadderDrawing(KernelTime origin)
{
    public const int TimeWidth = 9;
    private const int Distance = 8;
    private const int First = TimeWidth + 4;

    /// <summary>The column in which the description begins.</summary>
    public static int TextColumn => ColumnOf(LabNodes.All[^1]) + 4;

    public static string Header { get; } = DrawHeader();

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

        var time = (line.At - origin).TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture).PadLeft(TimeWidth);
        return time + new string(row, TimeWidth, row.Length - TimeWidth);
    }

    private static int ColumnOf(string node)
    {
        for (var i = 0; i < LabNodes.All.Count; i++)
        {
            if (LabNodes.All[i] == node)
            {
                return First + (i * Distance);
            }
        }

        throw new ArgumentException($"The ladder has no column for {node}.", nameof(node));
    }

    private static char[] LifeLines()
    {
        var row = new string(' ', TextColumn).ToCharArray();
        foreach (var node in LabNodes.All)
        {
            row[ColumnOf(node)] = '│';
        }

        return row;
    }

    private static void Draw(char[] row, Hop hop)
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

    private static string DrawHeader()
    {
        var row = new string(' ', TextColumn).ToCharArray();
        "seconds".CopyTo(0, row, TimeWidth - "seconds".Length, "seconds".Length);
        foreach (var node in LabNodes.All)
        {
            node.CopyTo(0, row, ColumnOf(node) - (node.Length / 2), node.Length);
        }

        return new string(row) + "message";
    }
}
