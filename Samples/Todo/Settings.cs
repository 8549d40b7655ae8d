using System.Globalization;

namespace Todo;

/// <summary>What the environment may change.</summary>
internal static class Settings
{
    private const string ItemsMaxName = "TODO_ITEMS_MAX";
    private const int ItemsMaxDefault = 10_000;

    /// <summary>How many items there may be: 1 to 10,000, which is the default. One more is answered 429.</summary>
    public static bool TryReadItemsMax(out int itemsMax, out string problem)
    {
        itemsMax = ItemsMaxDefault;
        problem = "";
        if (Environment.GetEnvironmentVariable(ItemsMaxName) is not { Length: > 0 } text)
            return true;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out itemsMax)
            && itemsMax is >= 1 and <= ItemsMaxDefault)
        {
            return true;
        }

        problem = $"{ItemsMaxName} is '{text}'; it must be a whole number from 1 to {ItemsMaxDefault}.";
        return false;
    }
}
