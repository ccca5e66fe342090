using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Conformance.Testing.Statements;

/// <summary>One RFC 2119 keyword in the text of a specification.</summary>
/// <param name="Section">The section whose own text it stands in, without that of subsections; a letter for an appendix, <c>-</c> for what stands before section 1.</param>
/// <param name="Ordinal">From 1, among the keywords of the section: the number behind the k of a <see cref="StatementId"/>.</param>
/// <param name="Keyword">In capitals, words one space apart. <c>MAY NOT</c> is no keyword of RFC 2119, but stands in drafts.</param>
/// <param name="Line">The line of the keyword in the file as it stands, from 1.</param>
/// <param name="Sentence">The sentence or list item it stands in, white space as single spaces.</param>
public sealed partial record NormativeSentence(string Section, int Ordinal, string Keyword, int Line, string Sentence)
{
    private const int HashDigits = 12;

    /// <summary>
    /// What the register keeps of the sentence: the first digits of the SHA-256 of its lower-case text without list marks.
    /// </summary>
    public string Hash
    {
        get
        {
            var sentence = ListMarks().Replace(Sentence, string.Empty).ToLowerInvariant();
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sentence)))[..HashDigits];
        }
    }

    [GeneratedRegex(@"^([o*\-+•]\s+|\(?[0-9]{1,2}[.)]\s+|\(?[a-z][.)]\s+)+")]
    private static partial Regex ListMarks();
}
