using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace EzAudit.Cli.Collecting;

/// <summary>The observable instruments of a meter in the text format of Prometheus.</summary>
internal static class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(string meter)
    {
        var text = new StringBuilder();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == meter) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Append(text, instrument, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Append(text, instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Append(text, instrument, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return text.ToString();
    }

    private static void Append(StringBuilder text, Instrument instrument, double value)
    {
        bool isCounter = instrument.GetType().GetGenericTypeDefinition() == typeof(ObservableCounter<>);
        string name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (isCounter ? "_total" : "");
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n");
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(isCounter ? "counter" : "gauge")}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }
}
