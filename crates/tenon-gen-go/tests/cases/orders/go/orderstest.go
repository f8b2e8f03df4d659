package main

import (
	"context"

	"example.com/test/wit/export/orderstest"
)

// ordersTestImpl implements shop:orders/orders-test@1.2.0.
type ordersTestImpl struct{}

var _ orderstest.OrdersTest = ordersTestImpl{}

func init() {
	orderstest.Export(ordersTestImpl{})
}

func (ordersTestImpl) Buy(ctx context.Context, sku string) (uint32, error) {
	panic("not implemented: buy")
}
