namespace Conformance.TestBeds.External;

/// <summary>One mistake in a profile.</summary>
/// <param name="Line">The line number, from 1.</param>
/// <param name="Key">The path of the value, such as <c>ports.core.vlan</c>; empty for the file as a whole.</param>
/// <param name="Message">The mistake and the expected value.</param>
public sealed record ProfileMistake(string File, int Line, string Key, string Message)
{
    public override string ToString() => Key.Length > 0 ? $"{File}:{Line}: {Key}: {Message}" : $"{File}:{Line}: {Message}";
}

/// <summary>A profile cannot be used; the exception lists all mistakes in it.</summary>
public sealed class ProfileException(IReadOnlyList<ProfileMistake> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    public IReadOnlyList<ProfileMistake> Mistakes => mistakes;
}
