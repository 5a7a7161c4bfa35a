using System.Buffers;
using System.Text.Json;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace EzAudit.Nats.Sending;

/// <summary>What the leader of a stream answers to a message.</summary>
/// <param name="Sequence">The number of the message in the stream; 0 if it is not there.</param>
/// <param name="IsRepeat">Whether it was there already.</param>
/// <param name="Error">Why it is not there.</param>
internal readonly record struct PublishAck(ulong Sequence, bool IsRepeat, ApiError? Error)
{
    /// <summary>Reads acknowledgements without an object for each.</summary>
    public static INatsDeserialize<PublishAck> Serializer { get; } = new AckSerializer();

    private sealed class AckSerializer : INatsDeserialize<PublishAck>
    {
        public PublishAck Deserialize(in ReadOnlySequence<byte> buffer)
        {
            // Nobody listens to the subject: the server answers with a header only.
            if (buffer.IsEmpty) return default;
            var reader = new Utf8JsonReader(buffer);
            (ulong sequence, bool isRepeat, ApiError? error) = (0, false, null);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isSequence = reader.ValueTextEquals("seq"u8);
                bool isDuplicate = reader.ValueTextEquals("duplicate"u8);
                bool isError = reader.ValueTextEquals("error"u8);
                reader.Read();
                if (isSequence) sequence = reader.GetUInt64();
                else if (isDuplicate) isRepeat = reader.GetBoolean();
                else if (isError) error = ReadError(ref reader);
                else reader.Skip();
            }
            return new PublishAck(sequence, isRepeat, error);
        }

        private static ApiError ReadError(ref Utf8JsonReader reader)
        {
            var error = new ApiError();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isCode = reader.ValueTextEquals("code"u8);
                bool isNumber = reader.ValueTextEquals("err_code"u8);
                bool isText = reader.ValueTextEquals("description"u8);
                reader.Read();
                if (isCode) error.Code = reader.GetInt32();
                else if (isNumber) error.ErrCode = reader.GetInt32();
                else if (isText) error.Description = reader.GetString();
                else reader.Skip();
            }
            return error;
        }
    }
}
