namespace Conformance.Steps;

/// <summary>A mobile access gateway of the scenario, such as MAG1.</summary>
public sealed record Mag(string Name);

/// <summary>A local mobility anchor of the scenario, such as LMA1.</summary>
public sealed record Lma(string Name);

/// <summary>A correspondent node of the scenario, such as CN1.</summary>
public sealed record Cn(string Name);

/// <summary>A NAT of the scenario, such as NAT1.</summary>
public sealed record Nat(string Name);

/// <summary>A host of the scenario that runs programs, such as MN1.</summary>
public sealed record Host(string Name);
