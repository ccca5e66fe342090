using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Conformance.Testing.Statements;

namespace Conformance.Cli;

/// <summary>One RFC 2119 keyword in the text of a specification.</summary>
/// <param name="Section">
/// The innermost section that contains the keyword; a letter for an appendix, <c>-</c> for text before section 1.
/// </param>
/// <param name="Ordinal">
/// The position among the keywords of the section, from 1: the number after the k of a <see cref="StatementId"/>.
/// </param>
/// <param name="Keyword">
/// The keyword in capitals, with single spaces. <c>MAY NOT</c> is not a keyword of RFC 2119, but occurs in drafts.
/// </param>
/// <param name="Line">The line of the keyword in the original file, from 1.</param>
/// <param name="Sentence">The sentence or list item that contains the keyword, with single spaces.</param>
public sealed partial record NormativeSentence(string Section, int Ordinal, string Keyword, int Line, string Sentence)
{
    private const int HashDigits = 12;

    /// <summary>The hash in the register: the first digits of the SHA-256 of the lower-case sentence without list marks.</summary>
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
