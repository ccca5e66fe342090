using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Conformance.Testing.Scenarios;

/// <summary>A cucumber expression that cannot be used; the message says why and what to write instead.</summary>
public sealed class CucumberExpressionException(string message) : Exception(message);

/// <summary>
/// A cucumber expression as a regular expression over the whole text of a step. The grammar:
/// <c>{name}</c> a parameter, <c>(s)</c> optional text, <c>a/b</c> alternative words, and a backslash
/// before <c>{ } ( ) / \</c> or white space for the character itself.
/// </summary>
public sealed class CucumberExpression
{
    private CucumberExpression(string source, Regex regex, IReadOnlyList<string> parameters)
    {
        Source = source;
        Regex = regex;
        Parameters = parameters;
    }

    public string Source { get; }

    public Regex Regex { get; }

    /// <summary>The names between braces, in order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <exception cref="CucumberExpressionException">It is none, uses what is not supported here, or would be a regular expression for Reqnroll.</exception>
    public static CucumberExpression Compile(string source, ParameterTypes types)
    {
        RefuseRegularExpression(source);
        var compiler = new Compiler(source, types);
        var pattern = compiler.Compile();
        return new(source, new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture), compiler.Parameters);
    }

    /// <summary>The text of every parameter, in order, quotes of {string} removed; null when the text does not match.</summary>
    public IReadOnlyList<string>? Match(string text) =>
        Regex.Match(text) is { Success: true } match
            ? [.. Enumerable.Range(0, Parameters.Count).Select(index => match.Groups[GroupName(index)].Value)]
            : null;

    public override string ToString() => Source;

    private static string GroupName(int index) => string.Create(CultureInfo.InvariantCulture, $"p{index}");

    /// <summary>Reqnroll guesses the kind of expression from its shape; whatever it could take for a regular expression is refused.</summary>
    private static void RefuseRegularExpression(string source)
    {
        if (string.IsNullOrWhiteSpace(source))
            throw new CucumberExpressionException("An expression has text; steps bound by the name of their method are not supported.");
        var shape =
            source.StartsWith('^') ? "starts with ^" :
            source.EndsWith('$') ? "ends with $" :
            source.Contains(".*", StringComparison.Ordinal) ? "contains .*" :
            source.Contains(@"\d", StringComparison.Ordinal) ? @"contains \d" :
            source.Contains(@"\.", StringComparison.Ordinal) ? @"contains \." :
            source.Contains("*)", StringComparison.Ordinal) || source.Contains("+)", StringComparison.Ordinal) ? "repeats a group" :
            null;
        if (shape is not null)
            throw new CucumberExpressionException($"'{source}' {shape}: Reqnroll would take it for a regular expression. Write a cucumber expression.");
    }

    private enum TokenKind
    {
        Text,
        WhiteSpace,
        BeginParameter,
        EndParameter,
        BeginOptional,
        EndOptional,
        Alternation,
        End,
    }

    private readonly record struct Token(TokenKind Kind, string Text);

    private sealed class Compiler(string source, ParameterTypes types)
    {
        private readonly List<string> parameters = [];
        private readonly List<Token> tokens = [];

        public IReadOnlyList<string> Parameters => parameters;

        public string Compile()
        {
            Tokenize();
            var pattern = new StringBuilder(@"\A");
            for (var at = 0; tokens[at].Kind != TokenKind.End;)
                pattern.Append(StartsWord(at) && EndOfAlternation(at) is { } end ? Alternation(ref at, end) : Element(ref at));
            return pattern.Append(@"\z").ToString();
        }

        private void Tokenize()
        {
            for (var index = 0; index < source.Length; index++)
            {
                if (source[index] != '\\')
                    tokens.Add(new(KindOf(source[index]), source[index].ToString()));
                else if (++index == source.Length)
                    throw Fault("ends with a backslash that escapes nothing");
                else if (KindOf(source[index]) == TokenKind.Text && source[index] != '\\')
                    throw Fault($@"escapes '{source[index]}'; only {{ }} ( ) / \ and white space can be escaped");
                else
                    tokens.Add(new(TokenKind.Text, source[index].ToString()));
            }
            tokens.Add(new(TokenKind.End, ""));
        }

        private static TokenKind KindOf(char character) => character switch
        {
            '{' => TokenKind.BeginParameter,
            '}' => TokenKind.EndParameter,
            '(' => TokenKind.BeginOptional,
            ')' => TokenKind.EndOptional,
            '/' => TokenKind.Alternation,
            _ => char.IsWhiteSpace(character) ? TokenKind.WhiteSpace : TokenKind.Text,
        };

        private string Element(ref int at) => tokens[at].Kind switch
        {
            TokenKind.BeginParameter => Parameter(ref at),
            TokenKind.BeginOptional => Optional(ref at),
            _ => Regex.Escape(tokens[at++].Text),
        };

        private string Parameter(ref int at)
        {
            var name = TextUntil(ref at, TokenKind.EndParameter, "}");
            if (name.Length == 0)
                throw Fault("has an anonymous parameter {}; name its type");
            if (types.PatternOf(name, GroupName(parameters.Count)) is not { } pattern)
                throw Fault($"has a parameter {{{name}}}, but the types are {types}");
            parameters.Add(name);
            return pattern;
        }

        private string Optional(ref int at)
        {
            var text = TextUntil(ref at, TokenKind.EndOptional, ")");
            return text.Length > 0 ? $"(?:{Regex.Escape(text)})?" : throw Fault("has an empty optional text ()");
        }

        /// <summary>Plain text up to the closing token: neither parameters nor optional texts nest.</summary>
        private string TextUntil(ref int at, TokenKind close, string closeText)
        {
            var open = tokens[at++].Text;
            var text = new StringBuilder();
            for (; tokens[at].Kind != close; at++)
            {
                if (tokens[at].Kind == TokenKind.End)
                    throw Fault($"has a '{open}' without '{closeText}'");
                if (tokens[at].Kind is TokenKind.BeginParameter or TokenKind.BeginOptional or TokenKind.Alternation)
                    throw Fault($@"has a '{tokens[at].Text}' within '{open}{closeText}'; for the character itself write '\{tokens[at].Text}'");
                text.Append(tokens[at].Text);
            }
            at++;
            return text.ToString();
        }

        private bool StartsWord(int at) => at == 0 || tokens[at - 1].Kind is TokenKind.WhiteSpace or TokenKind.EndParameter;

        /// <summary>The end of the word that starts here if a slash divides it, else null. A parameter ends a word.</summary>
        private int? EndOfAlternation(int at)
        {
            var divided = false;
            for (var depth = 0; depth > 0 || tokens[at].Kind is not (TokenKind.WhiteSpace or TokenKind.BeginParameter); at++)
            {
                switch (tokens[at].Kind)
                {
                    case TokenKind.End:
                        return divided ? at : null;
                    case TokenKind.BeginOptional:
                        depth++;
                        break;
                    case TokenKind.EndOptional when depth > 0:
                        depth--;
                        break;
                    case TokenKind.Alternation when depth == 0:
                        divided = true;
                        break;
                }
            }
            return divided ? at : null;
        }

        private string Alternation(ref int at, int end)
        {
            var alternatives = new List<string>();
            var alternative = new StringBuilder();
            var hasText = false;
            while (true)
            {
                if (at == end || tokens[at].Kind == TokenKind.Alternation)
                {
                    if (!hasText)
                        throw Fault(@"has an alternative without text of its own beside '/'; for the character itself write '\/'");
                    alternatives.Add(alternative.ToString());
                    if (at == end)
                        return $"(?:{string.Join('|', alternatives)})";
                    (alternative, hasText) = (new StringBuilder(), false);
                    at++;
                }
                else
                {
                    hasText |= tokens[at].Kind != TokenKind.BeginOptional;
                    alternative.Append(Element(ref at));
                }
            }
        }

        private CucumberExpressionException Fault(string what) => new($"'{source}' {what}.");
    }
}
