using System.IO.Compression;
using System.Text;

namespace Conformance.Reports.Html;

/// <summary>
/// Packs texts that resemble each other, so that a browser can unpack them: in parcels, of which each is one deflated text (RFC 1951) in
/// base64. Deflate alone looks back only 32 KiB, less than one of the texts, so that <see cref="LongMatches"/> takes out first what a
/// parcel repeats.
/// </summary>
internal static class PackedTexts
{
    /// <summary>Ends each text of a parcel; a control character that no text of the report contains.</summary>
    private const char End = '\u0002';

    /// <summary>How many texts a parcel has: more take longer to open, fewer have less in common.</summary>
    public const int InParcel = 20;

    public static IReadOnlyList<string> Pack(IReadOnlyList<string> texts) =>
        [.. texts.Chunk(InParcel).AsParallel().AsOrdered().Select(chunk => Deflate(LongMatches.Encode(string.Join(End, chunk) + End)))];

    private static string Deflate(string text)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(text));
        }

        return Convert.ToBase64String(output.GetBuffer().AsSpan(0, (int)output.Length));
    }
}
