using System.Runtime.InteropServices;
using SealSigner;

// Holds the key of a ledger in a process of its own, which runs as another user than the application: whoever takes over the application can ask for
// signatures, but cannot take the key along.
if (args is not [string socket, string keyFile])
{
    Console.Error.WriteLine("usage: SealSigner SOCKET KEYFILE");
    return 2;
}
using KeyHolder key = KeyHolder.Open(keyFile);
using var server = new SignatureServer(socket, key);
using var stop = new CancellationTokenSource();
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
Console.WriteLine($"signing at {socket}");
await server.RunAsync(stop.Token);
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
