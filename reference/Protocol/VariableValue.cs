using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Pmip.Wire;

namespace Pmip.Protocol;

/// <summary>Values of variables as system management writes them (RFC 5213, Section 9); null if the text is no such value.</summary>
internal static class VariableValue
{
    /// <summary>A number of milliseconds, without a sign.</summary>
    public static TimeSpan? Milliseconds(string value) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;

    public static bool? Flag(string value) =>
        value switch
        {
            "0" => false,
            "1" => true,
            _ => null,
        };

    public static IPAddress? Address(string value) => IPAddress.TryParse(value, out var address) ? address : null;

    public static MacAddress? LinkLayerAddress(string value) => MacAddress.TryParse(value, out var address) ? address : null;

    /// <summary>Addresses that are separated by spaces.</summary>
    public static IReadOnlyList<IPAddress>? Addresses(string value)
    {
        var addresses = value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Address).ToList();
        return addresses.Contains(null) ? null : [.. addresses.OfType<IPAddress>()];
    }

    /// <summary>Sets a variable in settings; false if there is none of that name, or if it cannot have the value.</summary>
    public delegate bool Setter<TSettings>(TSettings settings, string name, string value, [NotNullWhen(true)] out TSettings? changed);

    /// <summary>
    /// The settings with saved values. The order of the values has no meaning: one that is not valid yet may be so with another.
    /// </summary>
    public static TSettings Restore<TSettings>(TSettings settings, IReadOnlyDictionary<string, string> saved, Setter<TSettings> trySet)
    {
        var left = saved.ToDictionary();
        bool isChanged;
        do
        {
            isChanged = false;
            foreach (var (name, value) in left.ToList())
            {
                if (trySet(settings, name, value, out var changed))
                {
                    settings = changed;
                    isChanged = left.Remove(name);
                }
            }
        } while (isChanged);
        return settings;
    }

    /// <summary>Whether settings are valid as a whole.</summary>
    public static bool IsValid(Action validate)
    {
        try
        {
            validate();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
