namespace Conformance.Testing.Verdicts;

/// <summary>
/// What a profile says of the device under test and of those who test it, as a certificate names them. A part is null if the profile
/// does not give it.
/// </summary>
/// <param name="Operator">Who runs the tests.</param>
/// <param name="Lab">Where they are run.</param>
public sealed record DeviceIdentity(
    string? Model = null,
    string? Serial = null,
    string? Firmware = null,
    string? Operator = null,
    string? Lab = null
);

/// <summary>Who signs a certification.</summary>
/// <param name="Subject">The subject of the certificate.</param>
/// <param name="Fingerprint">The SHA-256 of the certificate in hexadecimal digits.</param>
public sealed record SignerIdentity(string Subject, string Fingerprint);
