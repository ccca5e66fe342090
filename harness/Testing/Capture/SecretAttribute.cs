namespace Conformance.Testing.Capture;

/// <summary>Marks a text, or a list of texts, that is a secret: <see cref="TraceJson"/> writes its fingerprint instead.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
