using System.Reflection;

namespace Conformance.Reports.Html;

/// <summary>The style sheets and scripts of the reports, which are part of the program.</summary>
internal static class Resources
{
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
