namespace Conformance.TestBeds.External;

/// <summary>One mistake in a profile.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Key">The way to the value: <c>ports.core.vlan</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
public sealed record ProfileMistake(string File, int Line, string Key, string Message)
{
    public override string ToString() => Key.Length > 0 ? $"{File}:{Line}: {Key}: {Message}" : $"{File}:{Line}: {Message}";
}

/// <summary>A profile that cannot be used, with everything that is wrong in it.</summary>
public sealed class ProfileException(IReadOnlyList<ProfileMistake> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    public IReadOnlyList<ProfileMistake> Mistakes => mistakes;
}
