namespace Pmip.Benchmarks;

/// <summary>Statistics of the measurements of a run.</summary>
internal static class Statistics
{
    internal static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
