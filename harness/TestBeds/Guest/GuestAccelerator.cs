using Pmip.Linux;

namespace Conformance.TestBeds.Guest;

/// <summary>How the processor of a guest is had: by the machine's own (KVM), or in software (TCG).</summary>
/// <param name="Name">As qemu calls it.</param>
internal sealed record GuestAccelerator(string Name)
{
    /// <summary>The environment variable that chooses one, <c>kvm</c> or <c>tcg</c>.</summary>
    public const string Variable = "PMIP_GUEST_ACCELERATOR";

    private const string Kvm = "kvm",
        Tcg = "tcg";

    /// <summary>A guest by KVM is there within a second. Where KVM exists and does not work, a guest never is.</summary>
    private static readonly TimeSpan _helloWithin = TimeSpan.FromSeconds(6);

    /// <summary>
    /// The options of qemu. Nehalem is the oldest processor with all that compiled .NET needs, and the fastest to emulate.
    /// </summary>
    public IEnumerable<string> Options =>
        Name == Kvm ? ["-accel", Kvm, "-cpu", "host"] : ["-accel", $"{Tcg},thread=multi", "-cpu", "Nehalem"];

    /// <summary>The network interfaces of a guest, as qemu calls them.</summary>
    public const string NicModel = "virtio-net-pci";

    /// <summary>KVM if a guest boots with it, else TCG.</summary>
    /// <param name="directory">For the files of a guest that is tried.</param>
    /// <exception cref="BedUnavailableException">The environment chooses an unknown one, or no guest boots.</exception>
    public static GuestAccelerator Choose(GuestImage image, NetworkNamespace inside, string directory) =>
        Environment.GetEnvironmentVariable(Variable) switch
        {
            null or "" => Works(image, new GuestAccelerator(Kvm), inside, directory)
                ? new GuestAccelerator(Kvm)
                : new GuestAccelerator(Tcg),
            Kvm => new GuestAccelerator(Kvm),
            Tcg => new GuestAccelerator(Tcg),
            var other => throw new BedUnavailableException($"{Variable}={other}: expected {Kvm} or {Tcg}"),
        };

    private static bool Works(GuestImage image, GuestAccelerator accelerator, NetworkNamespace inside, string directory)
    {
        if (!File.Exists("/dev/kvm"))
        {
            return false;
        }

        using var there = new WakeUp();
        try
        {
            using var tried = new GuestMachine(image, accelerator, inside, directory, image.Root, [], _ => there.Set(), _ => { });
            return Readiness.Wait([there], KernelTime.Now + _helloWithin).Count > 0;
        }
        catch (BedUnavailableException)
        {
            return false;
        }
    }
}
