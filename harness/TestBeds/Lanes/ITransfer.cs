using Conformance.Testing.Bed;

namespace Conformance.TestBeds.Lanes;

/// <summary>Data that go from one kernel to another until the transfer is ended.</summary>
internal interface ITransfer : IDisposable
{
    /// <summary>Ends the transfer. It is complete when all data have arrived, or after a time limit.</summary>
    IPending End();
}
