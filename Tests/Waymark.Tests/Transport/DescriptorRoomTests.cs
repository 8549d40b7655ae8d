using System.Net.Sockets;
using Waymark.Transport.Listening;

namespace Waymark.Tests.Transport;

public sealed class DescriptorRoomTests
{
    [Theory]
    [InlineData("Limit  Soft  Units\nMax open files            160                  160                  files\n", 160)]
    [InlineData("Max open files            1048576              1048576              files", 1_048_576)]
    [InlineData("Max open files            unlimited            unlimited            files", int.MaxValue)]
    [InlineData("Max open files            99999999999          1                    files", int.MaxValue)]
    [InlineData("Max open files            7", 7)]
    [InlineData("Max file size             12                   12                   bytes", int.MaxValue)]
    [InlineData("", int.MaxValue)]
    public void The_limit_is_found_in_the_text_of_the_kernel(string text, int limit) =>
        Assert.Equal(limit, DescriptorRoom.ParseLimit(text));

    [Fact]
    public void A_process_with_few_files_has_room()
    {
        Assert.True(DescriptorRoom.HasRoom());
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.False(DescriptorRoom.IsShort((int)socket.Handle));
    }
}
